"""Whether a file is a Python, as far as that can be told without starting it."""

from __future__ import annotations

import mmap
import os
import re
import sys
from pathlib import Path

_NAME = re.compile(r"(?:python|pypy|graalpy|pythonw)\d*(?:\.\d+)*[a-z]*(?:-\w+)?(?:\.exe)?\Z")
# What a program holds that is a Python: its entry point, or the name of the library that does.
_MARKS = (b"Py_BytesMain", b"Py_Main", b"libpython", b"pypy_main_startup", b"graalpy")
_ELF = b"\x7fELF"


def why_no_python(path: Path) -> str:
    """Why ``path`` cannot be a Python, as the end of a sentence about it; empty if it may be one.

    A script may be one by any content, because a shim of pyenv is a shell script; starting it tells
    more, when that is allowed.
    """
    try:
        if not path.is_file():
            return "is no file" if path.exists() else "does not exist"
        if not os.access(path, os.X_OK):
            return "may not be executed"
        named = any(_NAME.match(name.lower()) for name in (path.name, path.resolve().name))
        if not named:
            return "is not a Python: it is not named like one"
        return "" if _may_hold_python(path) else "is not a Python, but another program"
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return f"cannot be read: {reason or 'its name is impossible'}"


def _may_hold_python(path: Path) -> bool:
    with path.open("rb") as file:
        if file.read(4) != _ELF or sys.platform != "linux":
            return True
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as program:
            return any(program.find(mark) >= 0 for mark in _MARKS)
