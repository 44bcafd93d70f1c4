"""Programs of this machine, looked for where a desktop session finds them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

# A session that was not started by a login shell has these in no PATH.
_ALSO = (
    "~/.local/bin",
    "~/.local/share/JetBrains/Toolbox/scripts",
    "/usr/local/bin",
    "/snap/bin",
)

# Each with what comes before a command and its arguments. Terminals that join the arguments into
# one line for a shell (lxterminal, tilix, terminator) are left out on purpose.
_TERMINALS = {
    "ptyxis": ("--",),
    "kgx": ("--",),
    "gnome-terminal": ("--",),
    "konsole": ("-e",),
    "xfce4-terminal": ("-x",),
    "mate-terminal": ("-x",),
    "kitty": (),
    "alacritty": ("-e",),
    "foot": (),
    "wezterm": ("start", "--"),
    "ghostty": ("-e",),
    "xterm": ("-e",),
}


def program(*names: str) -> str | None:
    """The path of the first of ``names`` that can be executed."""
    return next((found for name in names if (found := _which(name)) is not None), None)


def terminal() -> list[str] | None:
    """What to put before a command so that it runs in a new terminal window."""
    preferred = _which("x-terminal-emulator")
    # Debian's name for the user's choice; only its target says how it takes a command.
    target = Path(preferred).resolve().name.removesuffix(".wrapper") if preferred else ""
    for name in (target, *_TERMINALS):
        found = _which(name) if name in _TERMINALS else None
        if found is not None:
            return [found, *_TERMINALS[name]]
    return None


def has_display() -> bool:
    """Whether a window can be opened from here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"))


def _which(name: str) -> str | None:
    places = [os.environ.get("PATH", os.defpath), *map(os.path.expanduser, _ALSO)]
    found = shutil.which(name, path=os.pathsep.join(places))
    # Windows hands such a file to its shell, which reads the arguments anew.
    return None if found and found.lower().endswith((".bat", ".cmd")) else found
