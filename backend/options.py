"""What the environment may set. A value that cannot be read stops the start with one sentence."""

from __future__ import annotations

import math
import os

from inspector_app.errors import Problem

TIMEOUT_NAME = "DJDESK_INSPECTOR_TASK_TIMEOUT"
TIMEOUT_DEFAULT_S = 60.0
TIMEOUT_MAX_S = 24 * 60 * 60.0


def task_timeout_is_set() -> bool:
    return bool(os.environ.get(TIMEOUT_NAME, "").strip())


def task_timeout() -> float:
    """Seconds after which a command is stopped, from ``DJDESK_INSPECTOR_TASK_TIMEOUT``."""
    text = os.environ.get(TIMEOUT_NAME, "").strip()
    if not text:
        return TIMEOUT_DEFAULT_S
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= TIMEOUT_MAX_S:
        above = f"more than {TIMEOUT_MAX_S:.0f} seconds" if seconds > 0 else "no number above 0"
        raise Problem(
            "bad_setting",
            f"{TIMEOUT_NAME} is {text[:60]!r}, which is {above}.",
            f"Set it to a number of seconds such as 60 (at most {TIMEOUT_MAX_S:.0f}), or unset it.",
            field=TIMEOUT_NAME,
        )
    return seconds
