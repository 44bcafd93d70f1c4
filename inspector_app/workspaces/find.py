"""From a dropped path to a Django project: where its manage.py is and what its folder is.

Only file names and texts are read; nothing of the project is executed.
"""

from __future__ import annotations

import time
from pathlib import Path

from inspector_app.errors import Choice, Problem

from .found import Found
from .not_found import no_file, none, not_django
from .opened import real, require_utf8, shown
from .source import exists, home, is_file
from .walk import Walked, is_djangos, walk
from .without_script import projects_at

__all__ = ["Found", "find_project", "shown"]

CHOICES_LIMIT = 50
SECONDS_LIMIT = 1.5

# What says that a folder is the top of something that may be a project without manage.py.
_TOPS = ("pyproject.toml", "setup.cfg", "setup.py", "pytest.ini", "tox.ini")


def find_project(path: Path, manage: str | None = None) -> Found:
    """The project behind a dropped ``path``: a folder, or a manage.py itself.

    ``manage`` names the manage.py to use, relative to that folder or absolute.

    Raises:
        Problem: ``bad_path``, ``folder_missing``, ``folder_unreadable``, ``not_a_folder``,
            ``no_project``, ``not_django`` or ``several_projects`` (its choices can be opened like
            a path).
    """
    folder = real(path)
    if manage is not None:
        return _asked_for(folder, manage)
    if not folder.is_dir():
        return _named_script(folder)
    deadline = time.monotonic() + SECONDS_LIMIT
    walked = walk(folder, deadline)
    found = [_found(script, folder) for script in walked.scripts]
    found += _without_script(folder, walked, deadline)
    if len(found) == 1:
        return found[0]
    if found:
        raise _several(folder, found)
    above = _above(folder, deadline)
    if above is not None:
        return above
    if walked.foreign:
        raise not_django(walked.foreign[0], folder)
    if walked.no_files:
        raise no_file(walked.no_files[0], folder)
    raise none(folder, walked)


def _found(script: Path, folder: Path) -> Found:
    """The repository around ``script`` is the root, at most the folder that was opened."""
    root = script.parent
    while root != folder and not (root / ".git").exists():
        root = root.parent
    # Nobody means all of a home directory by a project in it.
    if root == home() or root in home().parents:
        root = script.parent
    require_utf8(script)
    return Found(root, script.relative_to(root))


def _without_script(folder: Path, walked: Walked, deadline: float) -> list[Found]:
    """Projects that have no manage.py, apart from folders in which there is one."""
    tops = [script.parent for script in walked.scripts]
    return [
        one
        for one in projects_at(folder, walked.marks, deadline)
        if not any(_same_tree(one.root, top) or _same_tree(one.base, top) for top in tops)
    ]


def _same_tree(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _above(folder: Path, deadline: float) -> Found | None:
    """The project around ``folder``, within its repository and below the home directory."""
    for parent in (folder, *folder.parents):
        script = parent / "manage.py"
        if parent != folder:
            if is_file(script) and is_djangos(script):
                return Found(parent, Path("manage.py"))
            if any(is_file(parent / name) for name in _TOPS):
                around = projects_at(parent, walk(parent, deadline).marks, deadline)
                if len(around) == 1:
                    return around[0]
        if exists(parent / ".git") or parent == home():
            return None
    return None


def _named_script(file: Path) -> Found:
    if file.name == "manage.py" and not is_file(file):
        raise no_file(file, file.parent)
    if file.name != "manage.py":
        raise Problem(
            "not_a_folder",
            f"{file.name} is a file, not a folder.",
            "Open the folder of a Django project, or its manage.py.",
        )
    if not is_djangos(file):
        raise not_django(file, file.parent)
    return Found(file.parent, Path(file.name))


def _asked_for(folder: Path, manage: str) -> Found:
    """The manage.py that a user names instead of having it looked for."""
    try:
        script = real(folder / manage)
    except Problem as problem:
        raise Problem(problem.code, problem.message, problem.hint, field="manage") from None
    if not script.is_file() or not script.is_relative_to(folder):
        raise Problem(
            "no_project",
            f"{manage} is not a file in {folder}.",
            "Name a project's manage.py, relative to the folder that is opened.",
            field="manage",
        )
    if not is_djangos(script):
        raise not_django(script, folder)
    return _found(script, folder)


def _several(folder: Path, found: list[Found]) -> Problem:
    offered = [(one.script.parent if one.script else one.root, one) for one in found]
    return Problem(
        "several_projects",
        f"{folder.name or folder} holds {len(found)} Django projects.",
        "Choose the one to open.",
        choices=[
            Choice(_label(place, one, folder), str(place))
            for place, one in sorted(offered, key=lambda pair: str(pair[0]))[:CHOICES_LIMIT]
        ],
    )


def _label(place: Path, found: Found, folder: Path) -> str:
    name = shown(place.relative_to(folder)) if place.is_relative_to(folder) else shown(place)
    return name if found.script else f"{name} (no manage.py)"
