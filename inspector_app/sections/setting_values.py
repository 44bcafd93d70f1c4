"""Values of settings as people read them in Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pprint import pformat
from typing import Any

SHORT = 96
_LONGEST = 20_000
# An object that JSON has not is told by its repr; these are read better without quotes.
_PATH = re.compile(r"(?:Posix|Windows|PurePosix|PureWindows)?Path\((['\"]).*\1\)")


@dataclass(frozen=True)
class ShownValue:
    """``text`` in one line; ``whole`` is all of it over several lines, where one is too short."""

    text: str
    whole: str = ""


def shown_value(value: Any) -> ShownValue:
    text = value if isinstance(value, str) and _PATH.fullmatch(value) else repr(value)
    if len(text) <= SHORT:
        return ShownValue(text)
    whole = pformat(value, width=88, sort_dicts=False)
    if len(whole) > _LONGEST:
        whole = f"{whole[:_LONGEST]}… {len(whole) - _LONGEST:,} more characters"
    return ShownValue(f"{text[: SHORT - 1]}…", whole)


def summary(value: Any) -> str:
    """How much there is in a value that is too long for its line."""
    if isinstance(value, list):
        return f"{len(value):,} {'entry' if len(value) == 1 else 'entries'}"
    if isinstance(value, dict):
        return f"{len(value):,} {'key' if len(value) == 1 else 'keys'}"
    return ""
