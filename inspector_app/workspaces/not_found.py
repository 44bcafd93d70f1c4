"""What is said about a folder without a Django project: what was looked for, and where."""

from __future__ import annotations

import stat
from pathlib import Path

from inspector_app.errors import Problem

from .opened import shown
from .walk import LEVELS_BELOW, Walked


def not_django(script: Path, folder: Path) -> Problem:
    name = shown(script.relative_to(folder))
    return Problem(
        "not_django",
        f"{name} in {folder} is not Django's: the file does not mention Django.",
        "Open the folder of a Django project: the one whose manage.py starts Django.",
    )


def no_file(script: Path, folder: Path) -> Problem:
    return Problem(
        "no_project",
        f"{shown(script.relative_to(folder))} in {folder} is {_kind(script)}, not a file.",
        "Open the folder of a Django project: the one that holds manage.py.",
    )


def none(folder: Path, walked: Walked) -> Problem:
    looked = f"in {folder}, in the {LEVELS_BELOW} levels below it or above it"
    more = ""
    if walked.cut_short:
        more += f" The search ended after {walked.entries:,} files in {walked.folders:,} folders."
    if walked.unreadable:
        folders = "folder" if walked.unreadable == 1 else "folders"
        more += f" {walked.unreadable:,} {folders} could not be read."
    return Problem(
        "no_project",
        f"No manage.py was found {looked}, and no file there names a settings module.{more}",
        "Open the folder of a Django project: the one that holds manage.py, or its pyproject.toml.",
    )


def _kind(path: Path) -> str:
    """What stands at ``path`` instead of a file."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return "a link that leads nowhere" if path.is_symlink() else "hidden by its permissions"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "a socket or a device"
