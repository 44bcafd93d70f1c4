"""Why a command could not start: the exception that ends a traceback, and where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_FRAME = re.compile(r'\s*File "(?P<file>[^"]+)", line (?P<line>\d+)')
_LONGEST = 500


@dataclass(frozen=True)
class Crash:
    """An exception in words; ``file`` is relative to the project, empty when it is not in it."""

    exception: str
    file: str
    line: int


def read_crash(text: str, root: Path) -> Crash | None:
    """The last traceback in ``text``, or None without one."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("Traceback (most")]
    if not starts:
        return None
    file, line_number, exception = "", 0, ""
    prefix = str(root).rstrip("/") + "/"
    for line in lines[starts[-1] + 1 :]:
        frame = _FRAME.match(line)
        if frame:
            inside = frame["file"].startswith(prefix) and "/site-packages/" not in frame["file"]
            if inside:
                file, line_number = frame["file"].removeprefix(prefix), int(frame["line"])
        elif line[:1].strip():
            exception = line
            break
    return Crash(exception[:_LONGEST], file, line_number)
