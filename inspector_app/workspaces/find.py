"""From a dropped path to a Django project: where its manage.py is and which settings it names.

Only file names and texts are read; nothing of the project is executed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import Choice, Problem

LEVELS_BELOW = 3
ENTRIES_LIMIT = 50_000
SECONDS_LIMIT = 3.0

# Folders that hold other people's code or nothing of interest.
SKIPPED = frozenset(
    {"node_modules", "site-packages", "__pycache__", "bower_components", "dist", "build"}
)


@dataclass(frozen=True)
class Found:
    """A project: ``root`` is what the user works in, ``manage_py`` is relative to it."""

    root: Path
    manage_py: Path

    @property
    def script(self) -> Path:
        return self.root / self.manage_py


def find_project(path: Path) -> Found:
    """The project behind a dropped ``path``: a folder, or a manage.py itself.

    Raises:
        Problem: ``folder_missing``, ``folder_unreadable``, ``not_a_folder``, ``no_project`` or
            ``several_projects`` (its choices can be opened like a path).
    """
    folder, named = _folder_of(path)
    if named is not None:
        return Found(folder, named)
    if (folder / "manage.py").is_file():
        return Found(folder, Path("manage.py"))
    below = sorted(_below(folder))
    if len(below) == 1:
        return Found(folder, below[0].relative_to(folder))
    if below:
        raise Problem(
            "several_projects",
            f"{folder.name or folder} holds {len(below)} Django projects.",
            "Choose the one to open.",
            choices=[Choice(str(found.parent.relative_to(folder)), str(found)) for found in below],
        )
    for parent in folder.parents:
        if (parent / "manage.py").is_file():
            return Found(parent, Path("manage.py"))
    raise Problem(
        "no_project",
        f"No manage.py was found in {folder}, in the {LEVELS_BELOW} levels below it or above it.",
        "Open the folder of a Django project: the one that holds manage.py.",
    )


def _folder_of(path: Path) -> tuple[Path, Path | None]:
    """The real folder, and manage.py in it when that very file was dropped."""
    try:
        real = path.expanduser().resolve(strict=True)
        mode = real.stat().st_mode
    except FileNotFoundError:
        why = (
            "is a link to something that does not exist" if path.is_symlink() else "does not exist"
        )
        raise Problem(
            "folder_missing", f"{path} {why}.", "Open the folder where it is now."
        ) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISDIR(mode):
        if real.name == "manage.py":
            return real.parent, Path("manage.py")
        raise Problem(
            "not_a_folder",
            f"{path.name} is a file, not a folder.",
            "Open the folder of a Django project, or its manage.py.",
        )
    try:
        with os.scandir(real):
            pass
    except OSError as error:
        raise _unreadable(path, error) from error
    return real, None


def _unreadable(path: Path, error: Exception) -> Problem:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad path"
    return Problem(
        "folder_unreadable",
        f"{path} cannot be read: {reason}.",
        "Check its permissions, or copy the project to a place you may read.",
    )


def _below(folder: Path) -> Iterator[Path]:
    deadline = time.monotonic() + SECONDS_LIMIT
    budget = ENTRIES_LIMIT
    pending = [(folder, 0)]
    while pending:
        current, level = pending.pop()
        try:
            entries = list(os.scandir(current))
        except OSError:
            continue
        budget -= len(entries)
        if budget < 0 or time.monotonic() > deadline:
            return
        if level and any(entry.name == "manage.py" and _is_file(entry) for entry in entries):
            yield current / "manage.py"
        if level < LEVELS_BELOW:
            pending.extend((Path(e.path), level + 1) for e in entries if _worth_entering(e))


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _worth_entering(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in SKIPPED:
        return False
    try:
        # Links are not followed: they lead out of the folder or in circles.
        return (
            entry.is_dir(follow_symlinks=False) and not (Path(entry.path) / "pyvenv.cfg").exists()
        )
    except OSError:
        return False
