"""From a dropped path to a Django project: where its manage.py is and what its folder is.

Only file names and texts are read; nothing of the project is executed.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import Choice, Problem

from .source import exists, home, is_file
from .walk import LEVELS_BELOW, Walked, walk

CHOICES_LIMIT = 50
_SCRIPT_BYTES = 256 * 1024


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
        Problem: ``bad_path``, ``folder_missing``, ``folder_unreadable``, ``not_a_folder``,
            ``no_project``, ``not_django`` or ``several_projects`` (its choices can be opened like
            a path).
    """
    folder = _real(path)
    if not folder.is_dir():
        return _named_script(folder)
    walked = walk(folder, is_djangos)
    if len(walked.scripts) == 1:
        return _found(walked.scripts[0], folder)
    if walked.scripts:
        raise _several(folder, walked.scripts)
    above = _above(folder)
    if above is not None:
        return Found(above.parent, Path(above.name))
    if walked.foreign:
        raise _not_django(walked.foreign[0], folder)
    if walked.no_files:
        raise _no_file(walked.no_files[0], folder)
    raise _none(folder, walked)


def is_djangos(script: Path) -> bool:
    """Whether a manage.py is Django's: other frameworks use the name too."""
    try:
        with script.open("rb") as file:
            return b"django" in file.read(_SCRIPT_BYTES).lower()
    except OSError:
        # Unreadable is not "of another framework": opening it says what is wrong.
        return True


def shown(path: Path) -> str:
    """``path`` as text that can be stored and sent, whatever its name holds."""
    try:
        return os.fsencode(path).decode("utf-8", "replace")
    except UnicodeEncodeError:
        # Half a character, which no file name can hold but a request can.
        return str(path).encode("utf-8", "replace").decode()


def _found(script: Path, folder: Path) -> Found:
    """The repository around ``script`` is the root, at most the folder that was opened."""
    root = script.parent
    while root != folder and not (root / ".git").exists():
        root = root.parent
    # Nobody means all of a home directory by a project in it.
    if root == home() or root in home().parents:
        root = script.parent
    _require_utf8(script)
    return Found(root, script.relative_to(root))


def _above(folder: Path) -> Path | None:
    """Django's manage.py above ``folder``, within its repository and below the home directory."""
    for parent in (folder, *folder.parents):
        script = parent / "manage.py"
        if parent != folder and is_file(script) and is_djangos(script):
            return script
        if exists(parent / ".git") or parent == home():
            return None
    return None


def _real(path: Path) -> Path:
    """The folder or file behind links and ``~``, with every way in which there is none named."""
    text = shown(path)
    try:
        real = path.expanduser().resolve(strict=True)
        mode = real.stat().st_mode
        if stat.S_ISDIR(mode):
            with os.scandir(real):
                pass
    except FileNotFoundError:
        link = path.is_symlink()
        why = "is a link to something that does not exist" if link else "does not exist"
        raise Problem(
            "folder_missing", f"{text} {why}.", "Open the folder where it is now."
        ) from None
    except RuntimeError:
        # What pathlib raises for links in a circle, and for the home of an unknown user.
        raise Problem(
            "folder_missing",
            f"{text} leads nowhere: it is a circle of links or an unknown user's home.",
            "Open the folder where it is now.",
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad path"
        raise Problem(
            "folder_unreadable",
            f"{text} cannot be read: {reason}.",
            "Check its permissions, or copy the project to a place you may read.",
        ) from error
    _require_utf8(real)
    return real


def _require_utf8(path: Path) -> None:
    if shown(path) != str(path):
        raise Problem(
            "bad_path",
            f"The name of {shown(path)} is not valid UTF-8, which DJDesk cannot keep.",
            "Rename the folder.",
        )


def _named_script(file: Path) -> Found:
    if file.name == "manage.py" and not is_file(file):
        raise _no_file(file, file.parent)
    if file.name != "manage.py":
        raise Problem(
            "not_a_folder",
            f"{file.name} is a file, not a folder.",
            "Open the folder of a Django project, or its manage.py.",
        )
    if not is_djangos(file):
        raise _not_django(file, file.parent)
    return Found(file.parent, Path(file.name))


def _several(folder: Path, scripts: list[Path]) -> Problem:
    return Problem(
        "several_projects",
        f"{folder.name or folder} holds {len(scripts)} Django projects.",
        "Choose the one to open.",
        choices=[
            Choice(shown(script.parent.relative_to(folder)), str(script.parent))
            for script in scripts[:CHOICES_LIMIT]
        ],
    )


def _not_django(script: Path, folder: Path) -> Problem:
    name = shown(script.relative_to(folder))
    return Problem(
        "not_django",
        f"{name} in {folder} is not Django's: the file does not mention Django.",
        "Open the folder of a Django project: the one whose manage.py starts Django.",
    )


def _no_file(script: Path, folder: Path) -> Problem:
    return Problem(
        "no_project",
        f"{shown(script.relative_to(folder))} in {folder} is {_kind(script)}, not a file.",
        "Open the folder of a Django project: the one that holds manage.py.",
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


def _none(folder: Path, walked: Walked) -> Problem:
    looked = f"in {folder}, in the {LEVELS_BELOW} levels below it or above it"
    more = ""
    if walked.cut_short:
        more += f" The search ended after {walked.entries:,} files in {walked.folders:,} folders."
    if walked.unreadable:
        folders = "folder" if walked.unreadable == 1 else "folders"
        more += f" {walked.unreadable:,} {folders} could not be read."
    return Problem(
        "no_project",
        f"No manage.py was found {looked}.{more}",
        "Open the folder of a Django project: the one that holds manage.py.",
    )
