"""What is worth seeing first in a log: tracebacks, Django's errors, how much each stream said."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from .log import STREAMS, RunLog
from .log_blocks import Block, blocks

# So many are listed; of what comes later only the number is known.
LISTED = 1000

_HEAD = b"Traceback (most recent call last)"
_FRAME = re.compile(rb'[\s|+]*File "')
_LEAD = re.compile(rb"[\s|+]*")
# A block that holds none of these is not looked at line by line.
_WORDS = (_HEAD, b"ERROR", b"CRITICAL", b"FATAL", b"Error: ", b"Exception: ", b".E")
_ERROR = re.compile(
    rb"""\s*(?:
        \[?(?:ERROR|ERRORS|CRITICAL|CRITICALS|FATAL)\b
        | (?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Error|Exception):\s
    )""",
    re.VERBOSE,
)
_CHECK_ERROR = re.compile(rb": \([A-Za-z_]\w*\.E\d{3}\) ")


@dataclass
class Traceback:
    """From its head (``first``) to the line that names the exception (``last``)."""

    first: int
    last: int
    frames: int = 0
    exception: str = ""


@dataclass
class Marks:
    """``errors`` are the lines that say what went wrong, in order; ``lines`` counts by stream."""

    tracebacks: list[Traceback] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    error_total: int = 0
    lines: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STREAMS, 0))

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def marks(folder: Path) -> Marks:
    """The marks of the log in ``folder`` as it is now."""
    return _read(folder, RunLog(folder).size())


@lru_cache(maxsize=8)
def _read(folder: Path, size: int) -> Marks:  # noqa: ARG001 -- a log that grew is another one
    reading = _Reading()
    for block in blocks(folder):
        reading.take(block)
    reading.end()
    return reading.marks


class _Reading:
    def __init__(self) -> None:
        self.marks = Marks()
        self._open: Traceback | None = None
        self._stream = 0
        self._indent = 0

    def take(self, block: Block) -> None:
        begun = block.data.count(b"\n", 0, len(block.data) - 1) + (not block.continues)
        self.marks.lines[STREAMS[block.stream]] += begun
        if self._open is not None and (
            block.stream != self._stream or block.line > self._open.last + 1
        ):
            self.end()
        if self._open is None and not any(word in block.data for word in _WORDS):
            return
        for number, line in enumerate(block.lines(), block.line):
            if self._open is not None and self._goes_on(number, line):
                continue
            self._look_at(number, line, block.stream)

    def end(self) -> None:
        """The traceback that is open, if one is, has no line that names an exception."""
        if self._open is not None:
            self._close(self._open, b"")

    def _look_at(self, number: int, line: bytes, stream: int) -> None:
        lead = _lead(line)
        if line[lead:].removeprefix(b"Exception Group ").startswith(_HEAD):
            self._open, self._stream, self._indent = Traceback(number, number), stream, lead
        elif _ERROR.match(line) or (b".E" in line and _CHECK_ERROR.search(line)):
            self._error(number)

    def _goes_on(self, number: int, line: bytes) -> bool:
        """Take a line into the open traceback; False: it is none of it."""
        traceback = self._open
        if traceback is None:
            return False
        if number <= traceback.last:
            return True
        lead = _lead(line)
        if lead > self._indent and line[lead:]:
            traceback.last = number
            traceback.frames += bool(_FRAME.match(line))
            return True
        if line.strip() and traceback.frames:
            traceback.last = number
            self._close(traceback, line[lead:])
            return True
        self.end()
        return False

    def _close(self, traceback: Traceback, exception: bytes) -> None:
        self._open = None
        traceback.exception = exception[:300].decode("utf-8", "replace")
        if len(self.marks.tracebacks) < LISTED:
            self.marks.tracebacks.append(traceback)
        self._error(traceback.last)

    def _error(self, number: int) -> None:
        self.marks.error_total += 1
        if len(self.marks.errors) < LISTED:
            self.marks.errors.append(number)


def _lead(line: bytes) -> int:
    found = _LEAD.match(line)
    return found.end() if found is not None else 0
