"""Writing a run's log: bytes as they come, and the index that finds lines in them again."""

from __future__ import annotations

import time
from pathlib import Path
from typing import BinaryIO

from .log_index import RECORD_BYTES, pack

STDOUT, STDERR, DJDESK = 0, 1, 2

# A segment is closed when it is this large or this old.
SEGMENT_BYTES = 64 * 1024
SEGMENT_S = 0.075

# How much of an unfinished line waits for its end, so that the other stream does not cut it.
HELD_BYTES = 64 * 1024


class LogWriter:
    """Appends what arrives. One thread writes; any number of readers may look meanwhile.

    A display line ends with a newline, or where the other stream takes over. An unfinished line is
    held back until its end comes, until :meth:`flush`, or until it is long.

    Every method may raise OSError, a full disk above all; what was written until then stays
    readable.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._output: BinaryIO = (folder / "output").open("wb", buffering=0)
        self._index: BinaryIO = (folder / "index").open("wb", buffering=0)
        self._started = time.monotonic()
        self._held: dict[int, bytes] = {STDOUT: b"", STDERR: b"", DJDESK: b""}
        self._held_since = self._started
        self._stream = STDOUT
        self._segment_started = self._started
        self._segment_room = 0
        self._in_line = False
        self._ended_lines = 0
        self._records = 0
        self.bytes = 0

    @property
    def lines(self) -> int:
        """Lines in the file; an unfinished last one counts."""
        return self._ended_lines + self._in_line

    @property
    def held_since(self) -> float | None:
        """Since when the beginning of a line waits for its end; None when none does."""
        return self._held_since if any(self._held.values()) else None

    @property
    def disk_bytes(self) -> int:
        """What the log takes on disk once everything is flushed, the index included."""
        held = sum(len(data) for data in self._held.values())
        return self.bytes + held + self._records * RECORD_BYTES

    def write(self, stream: int, data: bytes) -> None:
        """Take bytes of one stream."""
        data, self._held[stream] = self._held[stream] + data, b""
        cut = data.rfind(b"\n") + 1
        if len(data) - cut > HELD_BYTES:
            cut = len(data)
        if cut < len(data) and self.held_since is None:
            self._held_since = time.monotonic()
        self._held[stream] = data[cut:]
        if cut:
            self._append(stream, data[:cut])

    def flush(self) -> None:
        """Put unfinished lines into the file as well."""
        for stream, data in self._held.items():
            self._held[stream] = b""
            if data:
                self._append(stream, data)

    def note(self, text: str) -> None:
        """Add a line of DJDesk's own, behind what has arrived."""
        self.flush()
        self._append(DJDESK, text.encode() + b"\n")

    def give_up(self) -> None:
        """Forget what waits: the disk takes no more, and what is in the file stays as it is."""
        for stream in self._held:
            self._held[stream] = b""

    def close(self) -> None:
        try:
            self.flush()
        finally:
            self._output.close()
            self._index.close()

    def _append(self, stream: int, data: bytes) -> None:
        now = time.monotonic()
        if stream != self._stream:
            self._stream = stream
            self._segment_room = 0
            if self._in_line:
                self._in_line = False
                self._ended_lines += 1
        if now - self._segment_started > SEGMENT_S:
            self._segment_room = 0
        start = 0
        while start < len(data):
            if not self._segment_room:
                self._begin_segment(now)
            piece = data[start : start + self._segment_room]
            _write_all(self._output, piece)
            start += len(piece)
            self._segment_room -= len(piece)
            self.bytes += len(piece)
            self._ended_lines += piece.count(b"\n")
            self._in_line = not piece.endswith(b"\n")

    def _begin_segment(self, now: float) -> None:
        record = pack(
            self.bytes,
            self._ended_lines + 1,
            now - self._started,
            self._stream,
            continues=self._in_line,
        )
        # Before its bytes: a reader then never takes them for the previous segment's.
        _write_all(self._index, record)
        self._records += 1
        self._segment_started = now
        self._segment_room = SEGMENT_BYTES


def _write_all(file: BinaryIO, data: bytes) -> None:
    """An unbuffered file may take a part only, on a disk that is nearly full for example."""
    written = file.write(data)
    while written < len(data):
        written += file.write(data[written:])
