"""Two runs of the same command side by side: what came out differently, apart from the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from inspector_app.escapes import ESCAPE
from inspector_app.models import WorkspaceTaskRun

from .log import Line

# Lines of each log that are compared, and bytes of each line. Comparing takes time by their square.
LINES = 5_000
WIDTH = 1_000
CONTEXT = 3
# Lines of differences that are shown.
SHOWN = 2_000

# What differs between two runs by nature, and the word that stands for it.
_NATURAL = (
    (ESCAPE, ""),
    (
        re.compile(
            r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?"
            r"|\b\d{1,2}/[A-Z][a-z]{2}/\d{4}[: ]\d\d:\d\d:\d\d"
            r"|\b\d\d:\d\d:\d\d(?:[.,]\d+)?"
        ),
        "<time>",
    ),
    (re.compile(r"\b0x[0-9a-fA-F]+"), "<address>"),
    (
        re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:seconds?|secs?|minutes?|mins?|ms|µs|us|ns|s)\b"),
        "<duration>",
    ),
)


@dataclass(frozen=True)
class Row:
    """One line of the difference: ``kind`` is add, del, same, gap (``text`` says of how much), or
    stream (``text`` is its name, and what follows is of it).
    """

    kind: str
    text: str
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Difference:
    """``complete`` is False when one of the logs is longer than what was compared."""

    rows: list[Row]
    added: int
    removed: int
    complete: bool
    more: bool


def previous(run: WorkspaceTaskRun) -> WorkspaceTaskRun | None:
    """The newest ended run before ``run`` with exactly the same command line."""
    earlier = run.workspace.runs.filter(number__lt=run.number, preset=run.preset, argv=run.argv)
    return earlier.exclude(status__in=WorkspaceTaskRun.ACTIVE).order_by("-number").first()


def normal(text: str) -> str:
    """``text`` with times, durations and addresses replaced by words."""
    for pattern, word in _NATURAL:
        text = pattern.sub(word, text)
    return text


def difference(before: WorkspaceTaskRun, after: WorkspaceTaskRun) -> Difference:
    """What the logs of two runs have not in common.

    Each stream is compared by itself: in which order the two arrived differs by nature as well.
    """
    old, old_whole = _read(before)
    new, new_whole = _read(after)
    rows: list[Row] = []
    added = removed = 0
    for stream in ("stdout", "stderr"):
        ours = [line for line in old if line.stream == stream]
        theirs = [line for line in new if line.stream == stream]
        matcher = SequenceMatcher(
            None, [normal(line.text) for line in ours], [normal(line.text) for line in theirs]
        )
        for tag, a1, a2, b1, b2 in matcher.get_opcodes():
            if tag != "equal":
                removed += a2 - a1
                added += b2 - b1
        found = list(islice(_rows(matcher, ours, theirs), max(SHOWN + 1 - len(rows), 0)))
        if found:
            rows += [Row("stream", stream), *found]
    return Difference(
        rows[:SHOWN],
        added,
        removed,
        complete=old_whole and new_whole,
        more=len(rows) > SHOWN,
    )


def _read(run: WorkspaceTaskRun) -> tuple[list[Line], bool]:
    """The lines to compare, and whether these are all."""
    lines = list(run.log.lines(1, LINES + 1, WIDTH))
    return lines[:LINES], len(lines) <= LINES and not run.log.gaps()


def _rows(matcher: SequenceMatcher[str], old: list[Line], new: list[Line]) -> Iterator[Row]:
    seen = 0
    for group in matcher.get_grouped_opcodes(CONTEXT):
        skipped = group[0][3] - seen
        if skipped > 0:
            yield Row("gap", _same(skipped))
        for tag, a1, a2, b1, b2 in group:
            if tag == "equal":
                for one, other in zip(old[a1:a2], new[b1:b2], strict=True):
                    yield Row("same", other.text, one.number, other.number)
                continue
            for line in old[a1:a2]:
                yield Row("del", line.text, before=line.number)
            for line in new[b1:b2]:
                yield Row("add", line.text, after=line.number)
        seen = group[-1][4]
    if seen and len(new) > seen:
        yield Row("gap", _same(len(new) - seen))


def _same(count: int) -> str:
    return f"{count:,} {'line' if count == 1 else 'lines'} without a difference"
