"""The lines of a difference, numbered on both sides, for display."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 2_000

_HEADER = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_KINDS = {b" ": "same", b"-": "del", b"+": "add"}


@dataclass(frozen=True)
class Line:
    """``kind`` is same, del, add, gap (between hunks) or note; numbers count from 1."""

    kind: str
    old: int | None
    new: int | None
    text: str


def diff_lines(section: bytes) -> Iterator[Line]:
    """The lines of the hunks in ``section``; git's own header lines are left out."""
    old = new = old_left = new_left = 0
    for raw in section.split(b"\n"):
        sign = raw[:1]
        if sign == b"\\" and old + new:
            yield Line("note", None, None, "No newline at the end")
        elif old_left or new_left:
            if sign not in _KINDS:
                continue
            before, after = sign in b" -", sign in b" +"
            yield Line(_KINDS[sign], old if before else None, new if after else None, _text(raw))
            old, old_left = old + before, old_left - before
            new, new_left = new + after, new_left - after
        elif match := _HEADER.match(raw):
            if old + new:
                yield Line("gap", None, None, "")
            old, new = int(match[1]), int(match[3])
            old_left = int(match[2] if match[2] is not None else 1)
            new_left = int(match[4] if match[4] is not None else 1)


def _text(raw: bytes) -> str:
    text = raw[1 : WIDTH + 1].decode("utf-8", "replace").rstrip("\r")
    more = len(raw) - 1 - WIDTH
    return f"{text} … {more:,} more bytes" if more > 0 else text
