"""The unified difference of two texts, line by line, within bounds of time and size."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 3
MOST_LINES = 20_000
# For one file; a simpler difference is made when it takes longer.
SECONDS = 1.0
NO_NEWLINE = b"\\ No newline at end of file\n"

Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Text:
    """A file's lines with their ends: as they are, and as they may be kept and shown."""

    raw: Sequence[bytes] = ()
    shown: Sequence[bytes] = ()

    def is_redacted(self, line: int) -> bool:
        return self.raw[line] != self.shown[line]


@dataclass(frozen=True)
class Difference:
    """``hunks`` without secrets; ``redacted`` lines of them are not what the file would hold."""

    hunks: bytes
    added: int
    removed: int
    redacted: int


def difference(before: Text, after: Text, deadline: float) -> Difference:
    """What makes ``before`` into ``after``. When time runs out it is simple: all out, all in."""
    deadline = min(deadline, time.monotonic() + SECONDS)
    out: list[bytes] = []
    added = removed = redacted = 0
    for group in _groups(before.raw, after.raw, deadline):
        out.append(_header(group))
        for sign, text, lines in _lines(group, before, after):
            for number in lines:
                redacted += text.is_redacted(number)
                out.append(sign + text.shown[number])
                if not text.shown[number].endswith(b"\n"):
                    out.append(b"\n" + NO_NEWLINE)
            added += len(lines) * (sign == b"+")
            removed += len(lines) * (sign == b"-")
    return Difference(b"".join(out), added, removed, redacted)


class _TooSlow(Exception):
    pass


class _Bounded(SequenceMatcher[bytes]):
    """Texts that are made to be compared slowly must not keep the engine busy."""

    deadline = 0.0

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):  # type: ignore[no-untyped-def]
        if time.monotonic() > self.deadline:
            raise _TooSlow
        return super().find_longest_match(alo, ahi, blo, bhi)


def _groups(
    before: Sequence[bytes], after: Sequence[bytes], deadline: float
) -> Iterator[Sequence[Opcode]]:
    matcher = _Bounded(None, before, after)
    matcher.deadline = deadline
    try:
        yield from list(matcher.get_grouped_opcodes(CONTEXT)) if before != after else []
    except _TooSlow:
        yield [("replace", 0, len(before), 0, len(after))]


def _lines(
    group: Sequence[Opcode], before: Text, after: Text
) -> Iterator[tuple[bytes, Text, range]]:
    for kind, old, old_end, new, new_end in group:
        if kind == "equal":
            yield b" ", before, range(old, old_end)
            continue
        yield b"-", before, range(old, old_end)
        yield b"+", after, range(new, new_end)


def _header(group: Sequence[Opcode]) -> bytes:
    first, last = group[0], group[-1]
    old, new = _range(first[1], last[2]), _range(first[3], last[4])
    return f"@@ -{old} +{new} @@\n".encode()


def _range(start: int, end: int) -> str:
    """As in a unified diff: an empty range names the line before it."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"
