"""Writing a run's log: bytes as they come, and the index that finds lines in them again."""

from __future__ import annotations

import time
from pathlib import Path
from typing import BinaryIO

from .log_index import RECORD_BYTES, pack
from .log_parts import index_path, output_path

STDOUT, STDERR, DJDESK = 0, 1, 2

# A segment is closed when it is this large or this old.
SEGMENT_BYTES = 64 * 1024
SEGMENT_S = 0.075

# How much of an unfinished line waits for its end, so that the other stream does not cut it.
HELD_BYTES = 64 * 1024

# With a limit, the first bytes take all of it but a 32nd part for each of the tail's files.
TAIL_PARTS = 4
SHARE = 32


class LogWriter:
    """Appends what arrives. One thread writes; any number of readers may look meanwhile.

    A display line ends with a newline, or where the other stream takes over. An unfinished line is
    held back until its end comes, until :meth:`flush`, or until it is long.

    With a ``limit`` it never takes much more than so many bytes of disk, its index included: the
    beginning is kept, and of what comes later the newest; ``omitted`` counts what was dropped.

    Every method may raise OSError, a full disk above all; what was written until then stays
    readable.
    """

    def __init__(self, folder: Path, limit: int | None = None) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._limit = limit
        self._part = 0
        # Every byte that came, whether it was kept or not.
        self.bytes = 0
        self.omitted = 0
        self._open_part()
        self._started = time.monotonic()
        self._held: dict[int, bytes] = {STDOUT: b"", STDERR: b"", DJDESK: b""}
        self._held_since = self._started
        self._stream = STDOUT
        self._segment_started = self._started
        self._segment_room = 0
        self._in_line = False
        self._ended_lines = 0

    @property
    def lines(self) -> int:
        """Lines that came, whether kept or not; an unfinished last one counts."""
        return self._ended_lines + self._in_line

    @property
    def held_since(self) -> float | None:
        """Since when the beginning of a line waits for its end; None when none does."""
        return self._held_since if any(self._held.values()) else None

    @property
    def kept(self) -> int:
        """Bytes of output that are in the files."""
        return self.bytes - self.omitted

    def write(self, stream: int, data: bytes) -> None:
        """Take bytes of one stream."""
        held = self._held[stream]
        data, self._held[stream] = held + data, b""
        cut = data.rfind(b"\n") + 1
        if len(data) - cut > HELD_BYTES:
            cut = len(data)
        # A line that goes on, as a progress bar does, waits since its beginning.
        if cut < len(data) and (cut or not held) and self.held_since is None:
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
            self._close_part()

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
        room = self._room()
        if room <= 0:
            self._begin_part()
            room = self._room()
        record = pack(
            self.bytes,
            self._ended_lines + 1,
            now - self._started,
            self._stream,
            continues=self._in_line,
        )
        # Before its bytes: a reader then never takes them for the previous segment's.
        _write_all(self._index, record)
        self._part_records += 1
        self._segment_started = now
        self._segment_room = min(SEGMENT_BYTES, max(room, 1))

    def _room(self) -> int:
        """Bytes that this part may still take, its next record deducted."""
        if self._limit is None:
            return SEGMENT_BYTES
        share = self._limit // SHARE
        most = share if self._part else self._limit - TAIL_PARTS * share
        records = (self._part_records + 1) * RECORD_BYTES
        return most - (self.bytes - self._part_start) - records

    def _begin_part(self) -> None:
        self._close_part()
        self._part += 1
        self._open_part()
        dropped = self._part - TAIL_PARTS
        if dropped > 0:
            path = output_path(self._folder, dropped)
            self.omitted += path.stat().st_size
            path.unlink()
            index_path(self._folder, dropped).unlink()

    def _open_part(self) -> None:
        self._output: BinaryIO = output_path(self._folder, self._part).open("wb", buffering=0)
        self._index: BinaryIO = index_path(self._folder, self._part).open("wb", buffering=0)
        self._part_start = self.bytes
        self._part_records = 0

    def _close_part(self) -> None:
        self._output.close()
        self._index.close()


def _write_all(file: BinaryIO, data: bytes) -> None:
    """An unbuffered file may take a part only, on a disk that is nearly full for example."""
    written = file.write(data)
    while written < len(data):
        written += file.write(data[written:])
