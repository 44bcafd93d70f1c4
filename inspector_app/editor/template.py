"""The user's own way to start an editor: a list of arguments with places for file and line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from inspector_app.errors import Problem

from .known import FILE, LINE
from .programs import program

MOST = 20
LONGEST = 300
FIELD = "editor_command"

_PLACE = re.compile(r"\{[^{}]*\}")
# They would read a file's name as a program.
_SHELLS = frozenset(
    {
        *("sh", "bash", "dash", "zsh", "fish", "ksh", "csh", "tcsh", "ash", "busybox"),
        *("cmd", "powershell", "pwsh", "env", "xargs"),
    }
)


def check(value: Any) -> list[str]:
    """The arguments, each as it will be handed over.

    Raises:
        Problem: ``invalid_parameter``, with what is wrong with them.
    """
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise _bad("The command is a list of arguments.")
    parts = [part.strip() for part in value if part.strip()]
    if not 2 <= len(parts) <= MOST:
        raise _bad(f"Name a program and its arguments, one a line: 2 to {MOST} lines.")
    for part in parts:
        if len(part) > LONGEST or not part.isprintable():
            raise _bad(f"An argument is one line of at most {LONGEST} printable characters.")
        for place in _PLACE.findall(part):
            if place not in (FILE, LINE):
                raise _bad(f"{place[:40]} is not known; there are {FILE} and {LINE}.")
    if _PLACE.search(parts[0]):
        raise _bad("The first line is the program; it holds no place.")
    if sum(part.count(FILE) for part in parts) != 1:
        raise _bad(f"One of the arguments holds {FILE}, once.")
    _check_program(parts[0])
    return parts


def _check_program(name: str) -> None:
    if Path(name).stem.lower() in _SHELLS:
        raise _bad(f"{name} is a shell, which could run a file's name. Name the editor itself.")
    if program(str(Path(name).expanduser())) is None:
        raise _bad(f"No program {name} was found.", "Name its path, or one that is on PATH.")


def _bad(message: str, hint: str = "") -> Problem:
    return Problem("invalid_parameter", message, hint, field=FIELD)
