"""Where in a log's file what is: a file of fixed-size records, searched without loading it.

One record stands for one segment: where it starts, the number of the line that its first byte
belongs to, its time, its stream, and whether it continues a line that began before it. A segment
belongs to one stream and ends where the next one starts.
"""

from __future__ import annotations

import os
import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_RECORD = struct.Struct("<QQdB")
_CONTINUES = 0x80
_BATCH = 1024

RECORD_BYTES = _RECORD.size

_Fields = tuple[int, int, float, int]


@dataclass(frozen=True)
class Segment:
    """A piece of the output, ``end`` excluded; offsets count every byte that ever came."""

    offset: int
    end: int
    line: int
    seconds: float
    stream: int
    continues: bool


def pack(offset: int, line: int, seconds: float, stream: int, *, continues: bool) -> bytes:
    """The record of a segment that starts now."""
    return _RECORD.pack(offset, line, seconds, stream | (_CONTINUES if continues else 0))


class Index:
    """The records there were when it was made, over an open index file; more may be appended.

    ``size`` is the length of the file of bytes, measured *before* the index is looked at: a record
    is written before its bytes, so every byte up to ``size`` has its record here.
    """

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self._count = os.fstat(descriptor).st_size // _RECORD.size
        # Where the first byte of the file stands in the whole output, and on which line.
        self.start, self.first_line = self._record(0)[:2] if self._count else (0, 1)
        self._size = self.start + size

    @property
    def end(self) -> int:
        """Behind the last byte."""
        return self._size

    def segments(self, start: int = 0) -> Iterator[Segment]:
        """Every segment that holds bytes, from position ``start`` on."""
        for position in range(start, self._count, _BATCH):
            wanted = min(_BATCH, self._count - position)
            # One record more, because a segment's end is the next one's offset.
            data = os.pread(self._descriptor, (wanted + 1) * _RECORD.size, position * _RECORD.size)
            records = list(_RECORD.iter_unpack(data[: len(data) // _RECORD.size * _RECORD.size]))
            for at in range(wanted):
                offset, line, seconds, stream = records[at]
                end = records[at + 1][0] if at + 1 < len(records) else self._size
                if offset < min(end, self._size):
                    yield Segment(
                        offset,
                        min(end, self._size),
                        line,
                        seconds,
                        stream & ~_CONTINUES,
                        bool(stream & _CONTINUES),
                    )

    def position_of_line(self, line: int) -> int:
        """The position of the segment in which ``line`` begins."""
        position = self._first(lambda record: record[1] >= line)
        if position < self._count:
            _, first, _, stream = self._record(position)
            if first == line and not stream & _CONTINUES:
                return position
        return max(position - 1, 0)

    def position_of_offset(self, offset: int) -> int:
        """The position of the segment that holds the byte at ``offset``."""
        return max(self._first(lambda record: record[0] > offset) - 1, 0)

    def last(self) -> Segment | None:
        """The newest segment that holds bytes."""
        found = None
        for found in self.segments(max(self._count - 2, 0)):  # noqa: B007 -- the last one is wanted
            pass
        return found

    def _first(self, wanted: Callable[[_Fields], bool]) -> int:
        """The first position whose record is ``wanted``; from there on all are."""
        positions = range(self._count)
        return bisect_left(positions, True, key=lambda at: wanted(self._record(at)))

    def _record(self, position: int) -> _Fields:
        data = os.pread(self._descriptor, _RECORD.size, position * _RECORD.size)
        fields: _Fields = _RECORD.unpack(data)
        return fields
