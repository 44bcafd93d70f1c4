"""Looking for manage.py files in a folder: near ones first, and never for long."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from .source import exists, is_file, start_of

LEVELS_BELOW = 3
ENTRIES_LIMIT = 50_000
_SCRIPT_BYTES = 256 * 1024

# Folders that hold other people's code or nothing of interest.
SKIPPED = frozenset(
    {"node_modules", "site-packages", "__pycache__", "bower_components", "dist", "build"}
)


# Files that may tell of a Django project where there is no manage.py.
MARKS = frozenset(
    {
        *("pyproject.toml", "setup.cfg", "pytest.ini", "tox.ini", ".env"),
        *("wsgi.py", "asgi.py"),
    }
)
SETTINGS = re.compile(r"(?:\w+_)?settings(?:_\w+)?\.py\Z")
MARKS_LIMIT = 500


@dataclass
class Walked:
    """What a walk saw. ``foreign`` are manage.py files of something else than Django.

    ``no_files`` are folders, pipes and the like that are called manage.py, ``marks`` the
    :data:`MARKS`, and files and folders called settings or nearly so. ``cut_short`` when a limit
    ended it before every folder was looked into.
    """

    scripts: list[Path] = field(default_factory=list)
    marks: list[Path] = field(default_factory=list)
    foreign: list[Path] = field(default_factory=list)
    no_files: list[Path] = field(default_factory=list)
    folders: int = 0
    entries: int = 0
    unreadable: int = 0
    cut_short: bool = False


def walk(folder: Path, deadline: float) -> Walked:
    """The manage.py files up to three levels below ``folder``, level by level.

    A folder with one of Django's is not entered: what lies below it belongs to that project. Ends
    at ``deadline`` on the monotonic clock.
    """
    walked = Walked()
    level = [folder]
    for depth in range(LEVELS_BELOW + 1):
        below: list[Path] = []
        for current in level:
            if walked.entries > ENTRIES_LIMIT or time.monotonic() > deadline:
                walked.cut_short = True
                return walked
            entries = _entries(current, walked)
            script = current / "manage.py"
            if is_file(script):
                if is_djangos(script):
                    walked.scripts.append(script)
                    continue
                walked.foreign.append(script)
            elif os.path.lexists(script):
                walked.no_files.append(script)
            if len(walked.marks) < MARKS_LIMIT:
                names = sorted(one.name for one in entries if _is_mark(one))
                walked.marks.extend(current / name for name in names)
            if depth < LEVELS_BELOW:
                below.extend(Path(entry.path) for entry in entries if _worth_entering(entry))
        level = sorted(below)
    return walked


def is_djangos(script: Path) -> bool:
    """Whether a manage.py is Django's: other frameworks use the name too."""
    try:
        return b"django" in start_of(script, _SCRIPT_BYTES).lower()
    except OSError:
        # Unreadable is not "of another framework": opening it says what is wrong.
        return True


def _entries(folder: Path, walked: Walked) -> list[os.DirEntry[str]]:
    entries: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder) as found:
            for entry in found:
                entries.append(entry)
                # One folder alone may hold millions.
                if walked.entries + len(entries) > ENTRIES_LIMIT:
                    walked.cut_short = True
                    break
    except OSError:
        walked.unreadable += 1
        return []
    walked.folders += 1
    walked.entries += len(entries)
    return entries


def _worth_entering(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in SKIPPED:
        return False
    try:
        # Links are not followed: they lead out of the folder or in circles.
        return entry.is_dir(follow_symlinks=False) and not is_environment(Path(entry.path))
    except OSError:
        return False


def _is_mark(entry: os.DirEntry[str]) -> bool:
    if entry.name in MARKS or SETTINGS.match(entry.name):
        return True
    try:
        return entry.name == "settings" and entry.is_dir()
    except OSError:
        return False


def is_environment(folder: Path) -> bool:
    """Whether ``folder`` is a Python environment: made by venv and its kin, or by conda."""
    return exists(folder / "pyvenv.cfg") or exists(folder / "conda-meta")
