"""Why a command could not start: the exception that ends a traceback, and where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_FRAME = re.compile(r'\s*File "(?P<file>[^"]+)", line (?P<line>\d+)')
_LONGEST = 500

_KEY_ERROR = re.compile(r"KeyError: '(\w{1,100})'\Z")
# What django-environ, environs, python-decouple and starlette's Config say.
_ASKED_FOR = (
    re.compile(r"ImproperlyConfigured: Set the (\w{1,100}) environment variable\Z"),
    re.compile(r'EnvError: Environment variable "(\w{1,100})" not set\Z'),
    re.compile(r"UndefinedValueError: (\w{1,100}) not found"),
)


@dataclass(frozen=True)
class Crash:
    """An exception in words; ``file`` is relative to the project, empty when it is not in it.

    ``variable`` is the one of the environment that was missing, if that is the cause.
    """

    exception: str
    file: str
    line: int
    variable: str = ""


def read_crash(text: str, root: Path) -> Crash | None:
    """The last traceback in ``text``, or None without one."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("Traceback (most")]
    if not starts:
        return None
    file, line_number, exception, environ = "", 0, "", False
    prefix = str(root).rstrip("/") + "/"
    for line in lines[starts[-1] + 1 :]:
        frame = _FRAME.match(line)
        if frame:
            environ = frame["file"] == "<frozen os>" or frame["file"].endswith("/os.py")
            inside = frame["file"].startswith(prefix) and "/site-packages/" not in frame["file"]
            if inside:
                file, line_number = frame["file"].removeprefix(prefix), int(frame["line"])
        elif line[:1].strip():
            exception = line
            break
    return Crash(exception[:_LONGEST], file, line_number, _variable(exception, environ=environ))


def _variable(exception: str, *, environ: bool) -> str:
    """``environ`` says that the last frame looked something up in os.environ."""
    for pattern in (_KEY_ERROR,) if environ else _ASKED_FOR:
        match = pattern.search(exception)
        if match:
            return match[1]
    return ""
