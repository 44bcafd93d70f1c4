"""The registry of the page's commands, which the page's own scripts read too.

``static/inspector_app/commands.json`` names each command with its keys: the keyboard, the palette,
the list of keys, tooltips and the user guide all follow it. What a command does stands in
``js/commands.js``.
"""

from __future__ import annotations

import functools
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

# More keys than these are shown by their ends.
MANY = 3

_NAME = "inspector_app/commands.json"


@dataclass(frozen=True)
class Command:
    """``keys`` are written as the page's scripts compare them: ``Mod+k``, ``Shift+n``, ``F6``."""

    id: str
    title: str
    group: str
    keys: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys as they are printed; a row of digits by its ends."""
        names = tuple(display(key) for key in self.keys)
        return (f"{names[0]} to {names[-1][-1]}",) if len(names) > MANY else names


@functools.cache
def commands() -> dict[str, Command]:
    """Every command by its id, in the order in which they are shown."""
    listed = json.loads(_file().read_text("utf-8"))
    made = [Command(**{**one, "keys": tuple(one["keys"])}) for one in listed]
    return {command.id: command for command in made}


def groups() -> dict[str, list[Command]]:
    """Commands that have keys, by their group."""
    found: dict[str, list[Command]] = {}
    for command in commands().values():
        if command.keys:
            found.setdefault(command.group, []).append(command)
    return found


def display(key: str) -> str:
    """``Mod+k`` as it stands on a keyboard of this machine, which is also the page's."""
    modifier = "Cmd" if sys.platform == "darwin" else "Ctrl"
    parts = key.split("+") if len(key) > 1 else [key]
    names = [modifier if name == "Mod" else name for name in parts]
    return " ".join(name.upper() if len(name) == 1 else name for name in names)


def _file() -> Path:
    """Beside this module, or among the collected assets of the packaged app."""
    source = Path(__file__).parent / "static" / _NAME
    return source if source.is_file() else Path(settings.STATIC_ROOT) / _NAME
