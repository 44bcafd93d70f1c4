"""The output of a run: a flat file in arrival order, and an index that makes any range one seek.

``output`` holds the bytes of both streams exactly as they came, ``index`` says which of them belong
to which stream, line and time. Both can be read while a command still writes. Of a log that grew
beyond its limit the beginning and the end are there (:mod:`.log_parts`).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .log_index import Segment
from .log_parts import Gap, Parts, opened, output_path
from .log_writer import STDERR, STDOUT

__all__ = ["STDERR", "STDOUT", "Gap", "Line", "RunLog"]

STREAMS = ("stdout", "stderr", "djdesk")


@dataclass(frozen=True)
class Line:
    """One line for display: its number from 1, its stream, seconds since the start, its text.

    Of a line that was written over, as progress bars are, only the last state is the text.
    ``omitted`` counts the bytes behind ``text`` that were left out because the line is long.
    """

    number: int
    stream: str
    seconds: float
    text: str
    omitted: int = 0


@dataclass(frozen=True)
class Piece:
    """Bytes of one stream as they arrived; ``next`` is where to go on reading."""

    stream: str
    data: bytes
    next: int


class RunLog:
    """Reads a log, finished or growing. A log that was never begun reads as empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def output_path(self) -> Path:
        """The flat file: both streams in arrival order, byte for byte."""
        return output_path(self._folder, 0)

    def exists(self) -> bool:
        return self.output_path.is_file()

    def size(self) -> int:
        """Bytes that are kept so far."""
        with opened(self._folder) as parts:
            return parts.size()

    def gaps(self) -> list[Gap]:
        """What was not kept because there was too much of it."""
        with opened(self._folder) as parts:
            return parts.gaps()

    def count(self, words: bytes) -> int:
        """How often ``words`` stand in it, for what nobody counted while it was written."""
        found, rest = 0, b""
        for data in self.chunks():
            text = rest + data
            found += text.count(words)
            rest = text[-(len(words) - 1) :]
        return found

    def total(self) -> int:
        """Lines so far, kept or not; an unfinished last one counts."""
        with opened(self._folder) as parts:
            last = parts.last()
            return parts.last_line_of(last) if last is not None else 0

    def lines(self, first: int, count: int, width: int | None = None) -> Iterator[Line]:
        """``count`` lines from number ``first`` (from 1) on, decoded for display.

        Of a line longer than ``width`` bytes only the beginning is read and decoded.
        """
        end = first + count
        with opened(self._folder) as parts:
            line: _Growing | None = None
            for segment in parts.segments_from_line(first):
                if line is not None and not (segment.continues and segment.line == line.number):
                    # The other stream took over, or what follows was not kept.
                    yield line.shown()
                    line = None
                for number, raw, ends in _lines_of(segment, parts):
                    if number >= end:
                        return
                    if number >= first:
                        line = line or _Growing(number, segment, width)
                        line.add(raw)
                        if ends:
                            yield line.shown()
                            line = None
            if line is not None:
                yield line.shown()

    def stream(self, stream: int) -> Iterator[bytes]:
        """The bytes of one stream alone, exactly as the command wrote them."""
        with opened(self._folder) as parts:
            for segment in parts.segments():
                if segment.stream == stream:
                    yield parts.read(segment)

    def pieces(self, offset: int = 0) -> Iterator[Piece]:
        """What arrived from ``offset`` on, each piece with its stream; for following a log."""
        with opened(self._folder) as parts:
            for segment in parts.segments_from_offset(offset):
                skipped = max(offset - segment.offset, 0)
                data = parts.read(segment)[skipped:]
                if data:
                    yield Piece(STREAMS[segment.stream], data, segment.end)

    def chunks(self) -> Iterator[bytes]:
        """Everything in arrival order, for people: each display line on a line of its own.

        This differs from the flat file by a newline wherever a stream cut into a line of another,
        and by a line that says so wherever output was not kept.
        """
        with opened(self._folder) as parts:
            cut = False
            before: Segment | None = None
            for segment in parts.segments():
                data = parts.read(segment)
                missing = segment.offset - before.end if before is not None else 0
                if cut and (missing or before is None or segment.stream != before.stream):
                    yield b"\n"
                if missing:
                    yield f"DJDesk: {amount(missing)} omitted\n".encode()
                yield data
                before, cut = segment, not data.endswith(b"\n")

    def text(self) -> str:
        """Everything, decoded; for logs known to be short."""
        return b"".join(self.chunks()).decode("utf-8", "replace")


def amount(size: int) -> str:
    """Bytes for people: ``12 MB``, ``3,400 bytes``."""
    return f"{size / 1_000_000:,.0f} MB" if size >= 1_000_000 else f"{size:,} bytes"


def _lines_of(segment: Segment, parts: Parts) -> Iterator[tuple[int, bytes, bool]]:
    """Every line's part in a segment: its number, its bytes, whether it ends there."""
    *ended, rest = parts.read(segment).split(b"\n")
    for number, raw in enumerate(ended, start=segment.line):
        yield number, raw, True
    if rest:
        yield segment.line + len(ended), rest, False


@dataclass
class _Growing:
    """A line that is put together from the segments it lies in."""

    number: int
    segment: Segment
    width: int | None
    parts: list[bytes] = field(default_factory=list)
    length: int = 0
    rewinds: bool = False

    def add(self, raw: bytes) -> None:
        # A carriage return at the end is half of a newline, or the start of the next state.
        written_over = raw.rstrip(b"\r").rfind(b"\r") + 1
        if written_over or (self.rewinds and raw.rstrip(b"\r")):
            raw = raw[written_over:]
            self.parts, self.length = [], 0
        if raw:
            self.rewinds = raw.endswith(b"\r")
        if self.width is None or self.length < self.width:
            self.parts.append(raw)
        self.length += len(raw)

    def shown(self) -> Line:
        data = b"".join(self.parts)
        if self.length == len(data):
            data = data.rstrip(b"\r")
            self.length = len(data)
        whole = self.width is None or self.length <= self.width
        shown = data if whole else data[: self.width]
        # A character that the cut went through is left out, not replaced.
        text = codecs.getincrementaldecoder("utf-8")("replace").decode(shown, final=whole)
        return Line(
            self.number,
            STREAMS[self.segment.stream],
            self.segment.seconds,
            text,
            self.length - len(shown),
        )
