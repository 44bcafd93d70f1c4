"""How long a run may take and the sandbox tier it asks for, from values nobody vouches for."""

from __future__ import annotations

from typing import Any

from inspector_app.errors import Problem
from inspector_app.preferences import TIMEOUT, all_preferences

TIMEOUT_MAX_S = 600.0
AUTO = "auto"
TIERS = (AUTO, "copy-on-write", "write-blocked", "shadow", "guarded")


def asked_timeout(value: Any) -> float:
    """Seconds; None means what the user prefers."""
    default = float(all_preferences()[TIMEOUT])
    if value is None:
        return default
    most = max(TIMEOUT_MAX_S, default)
    # Compared before it is converted: NaN fails, and an integer may be too large for a float.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= most:
        raise Problem(
            "invalid_parameter",
            f"The timeout is a number of seconds above 0 and at most {most:.0f}.",
            field="timeout",
        )
    return float(value)


def asked_tier(value: Any) -> str:
    """The name of a tier; None means that DJDesk chooses."""
    if value is None:
        return AUTO
    if value not in TIERS:
        raise Problem(
            "invalid_parameter",
            f"{str(value)[:40]!r} is not a sandbox tier.",
            f"Known: {', '.join(TIERS)}.",
            field="tier",
        )
    return str(value)
