"""The output of a run: one flat file in arrival order, and an index that makes any range one seek.

``output`` holds the bytes of both streams exactly as they came, ``index`` says which of them belong
to which stream, line and time. Both can be read while a command still writes.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .log_index import Index, Segment
from .log_writer import STDERR, STDOUT

__all__ = ["STDERR", "STDOUT", "Line", "RunLog"]

STREAMS = ("stdout", "stderr", "djdesk")
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Line:
    """One line for display: its number from 1, its stream, seconds since the start, its text.

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
        self._output = folder / "output"
        self._index = folder / "index"

    @property
    def output_path(self) -> Path:
        """The flat file: both streams in arrival order, byte for byte."""
        return self._output

    def exists(self) -> bool:
        return self._output.is_file()

    def size(self) -> int:
        """Bytes so far."""
        return self._output.stat().st_size if self.exists() else 0

    def count(self, words: bytes) -> int:
        """How often ``words`` stand in it, for what nobody counted while it was written."""
        found, rest = 0, b""
        if self.exists():
            with self._output.open("rb") as file:
                while data := file.read(CHUNK):
                    found += (rest + data).count(words)
                    rest = data[-(len(words) - 1) :]
        return found

    def total(self) -> int:
        """Lines so far; an unfinished last one counts."""
        with self._opened() as log:
            last = log.index.last()
            if last is None:
                return 0
            data = log.read(last.offset, last.end)
            return last.line - 1 + data.count(b"\n") + (not data.endswith(b"\n"))

    def lines(self, first: int, count: int, width: int | None = None) -> Iterator[Line]:
        """``count`` lines from number ``first`` (from 1) on, decoded for display.

        Of a line longer than ``width`` bytes only the beginning is read and decoded.
        """
        end = first + count
        with self._opened() as log:
            line: _Growing | None = None
            for segment in log.index.segments(log.index.position_of_line(first)):
                if line is not None and not segment.continues:
                    # The other stream took over, which ends a line as well.
                    yield line.shown()
                    line = None
                for number, raw, ends in log.parts(segment):
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
        with self._opened() as log:
            for segment in log.index.segments():
                if segment.stream == stream:
                    yield log.read(segment.offset, segment.end)

    def pieces(self, offset: int = 0) -> Iterator[Piece]:
        """What arrived from ``offset`` on, each piece with its stream; for following a log."""
        with self._opened() as log:
            for segment in log.index.segments(log.index.position_of_offset(offset)):
                start = max(segment.offset, offset)
                if start < segment.end:
                    data = log.read(start, segment.end)
                    yield Piece(STREAMS[segment.stream], data, segment.end)

    def chunks(self) -> Iterator[bytes]:
        """Everything in arrival order, for people: each display line on a line of its own.

        This differs from the flat file by a newline wherever a stream cut into a line of another.
        """
        with self._opened() as log:
            cut = False
            stream = None
            for segment in log.index.segments():
                data = log.read(segment.offset, segment.end)
                if cut and segment.stream != stream:
                    yield b"\n"
                yield data
                stream, cut = segment.stream, not data.endswith(b"\n")

    def text(self) -> str:
        """Everything, decoded; for logs known to be short."""
        return b"".join(self.chunks()).decode("utf-8", "replace")

    @contextmanager
    def _opened(self) -> Iterator[_Open]:
        with ExitStack() as stack:
            try:
                output = stack.enter_context(self._output.open("rb", buffering=0))
                index = stack.enter_context(self._index.open("rb", buffering=0))
            except FileNotFoundError:
                output = stack.enter_context(Path(os.devnull).open("rb", buffering=0))
                index = output
            size = os.fstat(output.fileno()).st_size
            yield _Open(output.fileno(), Index(index.fileno(), size))


@dataclass(frozen=True)
class _Open:
    descriptor: int
    index: Index

    def read(self, start: int, end: int) -> bytes:
        return os.pread(self.descriptor, end - start, start)

    def parts(self, segment: Segment) -> Iterator[tuple[int, bytes, bool]]:
        """Every line's part in a segment: its number, its bytes, whether it ends there."""
        *ended, rest = self.read(segment.offset, segment.end).split(b"\n")
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

    def add(self, raw: bytes) -> None:
        if self.width is None or self.length < self.width:
            self.parts.append(raw)
        self.length += len(raw)

    def shown(self) -> Line:
        data = b"".join(self.parts)
        whole = self.width is None or self.length <= self.width
        shown = data if whole else data[: self.width]
        # A character that the cut went through is left out, not replaced.
        text = codecs.getincrementaldecoder("utf-8")("replace").decode(shown, final=whole)
        return Line(
            self.number,
            STREAMS[self.segment.stream],
            self.segment.seconds,
            text.removesuffix("\r"),
            self.length - len(shown),
        )
