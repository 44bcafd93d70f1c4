"""What only a window can do, as an interface; a plain browser answers "not available"."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from .errors import Problem


class Host(Protocol):
    """The window around the page. Calls return at once; answers arrive as events."""

    @property
    def window(self) -> bool:
        """Whether there is a window that can be asked."""

    @property
    def tray(self) -> bool:
        """Whether the desktop has a tray now, in which the program can stay without a window."""

    def pick_folder(self, *, locate: str | None = None) -> None:
        """Ask the user for a folder; the answer is opened like a drop.

        ``locate`` is the slug of a project whose folder is missing: the answer is where it is now.
        """

    def pick_environment(self, slug: str) -> None:
        """Ask the user for the folder of an environment; the workspace is run with it then."""

    def reveal(self, path: Path) -> None:
        """Show ``path`` in the system's file manager."""

    def notify(self, *, title: str, body: str, url: str) -> None:
        """Show a system notification if the window has no focus."""

    def activity(self, *, running: int, queued: int, attention: bool, text: str) -> None:
        """Tell the tray what is going on."""

    def closing(self, *, to_tray: bool) -> None:
        """Say what closing the window means: staying in the tray, or the end."""


class NoHost:
    """The host of a plain browser."""

    window = False
    tray = False

    def pick_folder(self, *, locate: str | None = None) -> None:  # noqa: ARG002
        raise _no_window("Type or paste the folder's path instead.")

    def pick_environment(self, slug: str) -> None:  # noqa: ARG002 -- as the protocol has it
        raise _no_window("Type or paste the interpreter's path instead.")

    def reveal(self, path: Path) -> None:
        raise _no_window(f"The file is {path}.")

    def notify(self, *, title: str, body: str, url: str) -> None:
        """A browser page shows the end of a run itself."""

    def activity(self, *, running: int, queued: int, attention: bool, text: str) -> None:
        """A browser has no tray."""

    def closing(self, *, to_tray: bool) -> None:
        """Whoever closes a browser's page leaves the engine as it is."""


def _no_window(hint: str) -> Problem:
    return Problem("no_window", "DJDesk is open in a browser, which cannot do this.", hint)


_host: Host = NoHost()


def get_host() -> Host:
    return _host


def set_host(host: Host) -> None:
    """Called once by the process that owns the window's pipe."""
    global _host  # noqa: PLW0603 -- the process has exactly one window, known only after start-up
    _host = host
