"""Which editor opens a line: the one that was chosen, or the first that is found."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .known import AUTOMATIC, CUSTOM, EDITORS, FILE, LINE, Editor
from .programs import has_display, program, terminal


@dataclass(frozen=True)
class Ready:
    """An editor that can be started, with the places still in its arguments."""

    title: str
    command: tuple[str, ...]

    def argv(self, file: Path, line: int) -> list[str]:
        """The whole command line; a file's own name may hold anything."""
        return [part.replace(LINE, str(line)).replace(FILE, str(file)) for part in self.command]


def editor(preferences: Mapping[str, Any]) -> Ready | None:
    """The editor that these preferences name, if it is on this machine."""
    chosen = preferences["editor"]
    if chosen == CUSTOM:
        return _custom(tuple(preferences["editor_command"]))
    if chosen == AUTOMATIC:
        return _first()
    return _ready(EDITORS[chosen]) if chosen in EDITORS else None


def found() -> dict[str, str]:
    """The program of each known editor that can be started, looked for anew."""
    look_again()
    return {
        name: ready.command[0]
        for name, one in EDITORS.items()
        if (ready := _ready(one)) is not None
    }


def look_again() -> None:
    """Forget what was found: something may have been installed."""
    _first.cache_clear()
    _ready.cache_clear()


@functools.cache
def _first() -> Ready | None:
    # Without a display none of them would be seen.
    return _any(EDITORS.values()) if has_display() else None


def _any(editors: Iterable[Editor]) -> Ready | None:
    return next((ready for one in editors if (ready := _ready(one)) is not None), None)


@functools.cache
def _ready(one: Editor) -> Ready | None:
    path = program(*one.programs)
    before = terminal() if one.terminal and path is not None else []
    if path is None or before is None:
        return None
    return Ready(one.title, (*before, path, *one.arguments))


def _custom(command: tuple[str, ...]) -> Ready | None:
    path = program(str(Path(command[0]).expanduser())) if command else None
    return Ready(Path(command[0]).name, (path, *command[1:])) if path is not None else None
