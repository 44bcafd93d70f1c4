"""The files a log lies in: its beginning, and the last ones of those that took what came after.

``output`` and ``index`` hold the beginning, which is the whole log unless it grew too long.
``output.1`` and ``index.1`` and so on hold the rest; of these only the newest are kept, so between
the beginning and them bytes may be missing.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .log_index import Index, Segment

_OUTPUT = re.compile(r"output\.(\d{1,9})\Z")


@dataclass(frozen=True)
class Gap:
    """Output that was not kept: ``size`` bytes; every line from ``first`` to ``last`` is gone."""

    first: int
    last: int
    size: int


@dataclass(frozen=True)
class _Part:
    output: int
    index: Index

    def read(self, start: int, end: int) -> bytes:
        return os.pread(self.output, end - start, start - self.index.start)


def output_path(folder: Path, number: int) -> Path:
    """The bytes of part ``number``; 0 is the beginning."""
    return folder / (f"output.{number}" if number else "output")


def index_path(folder: Path, number: int) -> Path:
    return folder / (f"index.{number}" if number else "index")


class Parts:
    """The parts there were when a reader looked; it keeps them open, whatever the writer does."""

    def __init__(self, parts: list[_Part]) -> None:
        self._parts = parts

    def gaps(self) -> list[Gap]:
        found = []
        for before, after in zip(self._parts, self._parts[1:], strict=False):
            size = after.index.start - before.index.end
            if size > 0:
                found.append(Gap(self._last_line(before) + 1, after.index.first_line - 1, size))
        return found

    def size(self) -> int:
        """Bytes that were kept."""
        return sum(part.index.end - part.index.start for part in self._parts)

    def last(self) -> Segment | None:
        """The newest segment that holds bytes."""
        for part in reversed(self._parts):
            found = part.index.last()
            if found is not None:
                return found
        return None

    def read(self, segment: Segment) -> bytes:
        return self._part_of(segment.offset).read(segment.offset, segment.end)

    def segments(self) -> Iterator[Segment]:
        for part in self._parts:
            yield from part.index.segments()

    def segments_from_line(self, line: int) -> Iterator[Segment]:
        """Every segment from the one in which ``line`` begins."""
        at = bisect_right(self._parts, line, key=lambda part: part.index.first_line) - 1
        # A part may begin in the middle of a line that begins in one before it.
        while at > 0 and self._parts[at].index.first_line == line:
            at -= 1
        for number, part in enumerate(self._parts[max(at, 0) :]):
            start = part.index.position_of_line(line) if number == 0 else 0
            yield from part.index.segments(start)

    def segments_from_offset(self, offset: int) -> Iterator[Segment]:
        """Every segment from the one that holds the byte at ``offset``."""
        for part in self._parts:
            if part.index.end > offset:
                yield from part.index.segments(part.index.position_of_offset(offset))

    def last_line_of(self, segment: Segment) -> int:
        """The number of the last line that ``segment`` has a part of."""
        data = self.read(segment)
        return segment.line - 1 + data.count(b"\n") + (not data.endswith(b"\n"))

    def _last_line(self, part: _Part) -> int:
        last = part.index.last()
        return self.last_line_of(last) if last is not None else 0

    def _part_of(self, offset: int) -> _Part:
        at = bisect_right(self._parts, offset, key=lambda part: part.index.start) - 1
        return self._parts[max(at, 0)]


@contextmanager
def opened(folder: Path) -> Iterator[Parts]:
    """The parts in ``folder``; none when there is no log yet."""
    with ExitStack() as stack:
        yield Parts([part for number in _numbers(folder) if (part := _open(stack, folder, number))])


def _numbers(folder: Path) -> list[int]:
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    return [0, *sorted(int(found[1]) for name in names if (found := _OUTPUT.match(name)))]


def _open(stack: ExitStack, folder: Path, number: int) -> _Part | None:
    try:
        output = stack.enter_context(output_path(folder, number).open("rb", buffering=0))
        index = stack.enter_context(index_path(folder, number).open("rb", buffering=0))
    except FileNotFoundError:
        # The writer has just dropped it, or has not begun it.
        return None
    size = os.fstat(output.fileno()).st_size
    part = _Part(output.fileno(), Index(index.fileno(), size))
    return part if size else None
