"""The source files of a project as they are on disk, to tell later which of them have changed.

Only names, sizes and times are looked at. Folders of other people's code are left out, as is what a
running project writes: databases, uploads, logs, compiled files.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.walk import SKIPPED

ENTRIES_LIMIT = 60_000
SECONDS_LIMIT = 0.5

_SUFFIXES = (".py", ".toml", ".cfg", ".ini", ".lock")
_NAMES = frozenset({"Pipfile", ".python-version"})
_ENVIRONMENT = frozenset({"pyvenv.cfg", "conda-meta"})

Files = dict[str, list[int]]


def look(root: Path) -> Files | None:
    """Size and time of each source file by its path from ``root``; None where there are too many.

    A time is the later one of content and inode, so that a file put in the place of another one
    counts as changed whatever its own time is.
    """
    found: Files = {}
    deadline = time.monotonic() + SECONDS_LIMIT
    root_name, seen = str(root), 0
    pending = [root_name]
    start = len(root_name.rstrip("/")) + 1
    while pending:
        folder = pending.pop()
        entries = _entries(folder)
        seen += len(entries)
        if seen > ENTRIES_LIMIT or time.monotonic() > deadline:
            return None
        if folder != root_name and not _ENVIRONMENT.isdisjoint(entry.name for entry in entries):
            continue
        for entry in entries:
            if _is_folder(entry):
                pending.append(entry.path)
            elif _is_source(entry.name, folder):
                state = _state(entry)
                if state is not None:
                    name = os.fsencode(entry.path[start:]).decode("utf-8", "replace")
                    found[name] = state
    return found


def differing(before: Files, now: Files) -> Iterator[tuple[str, str]]:
    """The path of each file that is not as it was, with what happened to it."""
    for path, state in now.items():
        if path not in before:
            yield path, "added"
        elif before[path] != state:
            yield path, "changed"
    for path in before:
        if path not in now:
            yield path, "removed"


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            entries = []
            for entry in found:
                entries.append(entry)
                # One folder alone may hold millions.
                if len(entries) > ENTRIES_LIMIT:
                    break
            return entries
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in SKIPPED:
        return False
    try:
        # Links are not followed: they lead out of the folder or in circles.
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_source(name: str, folder: str) -> bool:
    if name.endswith((".txt", ".in")):
        return name.startswith("requirements") or folder.endswith("/requirements")
    return name.endswith(_SUFFIXES) or name in _NAMES or name.startswith(".env")


def _state(entry: os.DirEntry[str]) -> list[int] | None:
    try:
        info = entry.stat()
    except OSError:
        return None
    return [info.st_size, max(info.st_mtime_ns, info.st_ctime_ns)]
