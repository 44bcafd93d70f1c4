"""The output of a run: one flat file in arrival order, and an index that makes any range one seek.

``output`` holds the bytes of both streams exactly as they came. ``index`` holds one record for each
segment of it: where it starts, the number of its first line, its time and its stream. A segment
starts with a line, belongs to one stream, and is short, so that the index stays small and a reader
never scans more than one segment to find a line.
"""

from __future__ import annotations

import struct
import time
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

STDOUT, STDERR, DJDESK = 0, 1, 2
STREAMS = ("stdout", "stderr", "djdesk")

# A segment is closed when it is this large or this old; a line longer than a segment is shown as
# several lines, while the bytes on disk stay what they were.
SEGMENT_BYTES = 64 * 1024
SEGMENT_S = 0.075

_RECORD = struct.Struct("<QQdB")


@dataclass(frozen=True)
class Line:
    """One line for display: its number from 1, its stream, seconds since the start, its text."""

    number: int
    stream: str
    seconds: float
    text: str


@dataclass(frozen=True)
class _Segment:
    offset: int
    first_line: int
    seconds: float
    stream: int


class LogWriter:
    """Appends what arrives. One thread writes; any number of readers may look meanwhile."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._output: BinaryIO = (folder / "output").open("wb", buffering=0)
        self._index: BinaryIO = (folder / "index").open("wb", buffering=0)
        self._started = time.monotonic()
        self._partial: dict[int, bytes] = {STDOUT: b"", STDERR: b"", DJDESK: b""}
        self._current: _Segment | None = None
        self._segment_bytes = 0
        self._ends_with_newline = True
        self.lines = 0
        self.bytes = 0

    def write(self, stream: int, data: bytes) -> None:
        """Take bytes of a stream; an unfinished line waits for its end or for :meth:`close`."""
        data = self._partial[stream] + data
        cut = data.rfind(b"\n") + 1
        if len(data) - cut >= SEGMENT_BYTES:
            cut = len(data)
        self._partial[stream] = data[cut:]
        if cut:
            self._append(stream, data[:cut])

    def note(self, text: str) -> None:
        """Add a line of DJDesk's own, behind what has arrived."""
        self.flush()
        self._append(DJDESK, text.encode() + b"\n")

    def flush(self) -> None:
        """Put unfinished lines into the file as well."""
        for stream, data in self._partial.items():
            self._partial[stream] = b""
            if data:
                self._append(stream, data)

    def close(self) -> None:
        self.flush()
        self._output.close()
        self._index.close()

    def _append(self, stream: int, data: bytes) -> None:
        start = 0
        while start < len(data):
            end = start + SEGMENT_BYTES
            if end < len(data):
                # Cut at a line's end where there is one: every segment starts with a line.
                end = data.rfind(b"\n", start, end) + 1 or end
            self._append_piece(stream, data[start:end])
            start = end

    def _append_piece(self, stream: int, piece: bytes) -> None:
        seconds = time.monotonic() - self._started
        segment = self._current
        if (
            segment is None
            or segment.stream != stream
            or self._segment_bytes + len(piece) > SEGMENT_BYTES
            or seconds - segment.seconds > SEGMENT_S
            or not self._ends_with_newline
        ):
            segment = _Segment(self.bytes, self.lines + 1, seconds, stream)
            self._index.write(
                _RECORD.pack(segment.offset, segment.first_line, segment.seconds, segment.stream)
            )
            self._current = segment
            self._segment_bytes = 0
        self._output.write(piece)
        self._ends_with_newline = piece.endswith(b"\n")
        self.lines += piece.count(b"\n") + (not self._ends_with_newline)
        self.bytes += len(piece)
        self._segment_bytes += len(piece)


class RunLog:
    """Reads a log, finished or growing."""

    def __init__(self, folder: Path) -> None:
        self._output = folder / "output"
        self._index = folder / "index"

    @property
    def output_path(self) -> Path:
        """The flat file: both streams in arrival order, byte for byte."""
        return self._output

    def exists(self) -> bool:
        return self._output.is_file()

    def lines(self, first: int, count: int) -> Iterator[Line]:
        """``count`` lines from number ``first`` (from 1) on, decoded for display."""
        if count <= 0:
            return
        segments = self._segments()
        at = max(bisect_right(segments, first, key=lambda segment: segment.first_line) - 1, 0)
        last = first + count - 1
        with self._open() as output:
            for position in range(at, len(segments)):
                segment = segments[position]
                if segment.first_line > last:
                    return
                data = self._read(output, segments, position)
                for number, raw in enumerate(_split(data), start=segment.first_line):
                    if first <= number <= last:
                        text = raw.decode("utf-8", "replace").rstrip("\r\n")
                        yield Line(number, STREAMS[segment.stream], segment.seconds, text)

    def stream(self, stream: int) -> Iterator[bytes]:
        """The bytes of one stream alone, exactly as the command wrote them."""
        segments = self._segments()
        with self._open() as output:
            for position, segment in enumerate(segments):
                if segment.stream == stream:
                    yield self._read(output, segments, position)

    def chunks(self) -> Iterator[bytes]:
        """Everything, in arrival order."""
        with self._open() as output:
            while data := output.read(SEGMENT_BYTES):
                yield data

    def text(self) -> str:
        """Everything, decoded; for logs known to be short."""
        return b"".join(self.chunks()).decode("utf-8", "replace")

    def _open(self) -> BinaryIO:
        return self._output.open("rb")

    def _segments(self) -> list[_Segment]:
        try:
            data = self._index.read_bytes()
        except FileNotFoundError:
            return []
        whole = len(data) - len(data) % _RECORD.size
        return [_Segment(*record) for record in _RECORD.iter_unpack(data[:whole])]

    def _read(self, output: BinaryIO, segments: list[_Segment], position: int) -> bytes:
        offset = segments[position].offset
        output.seek(offset)
        if position + 1 < len(segments):
            return output.read(segments[position + 1].offset - offset)
        return output.read(SEGMENT_BYTES)


def _split(data: bytes) -> list[bytes]:
    """Lines by newline alone: other separators are part of what the command printed."""
    lines = data.split(b"\n")
    return lines[:-1] if lines[-1] == b"" else lines
