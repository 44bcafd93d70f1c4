"""Where a project's SQLite databases may be, by the names of files alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from inspector_app.workspaces.walk import SKIPPED, is_environment

# Looked for by name: to open every file of a large project takes too long.
SUFFIXES = frozenset({".sqlite3", ".sqlite", ".db", ".db3", ".sdb", ".s3db"})
BESIDE = ("-wal", "-shm", "-journal")
ENTRIES_LIMIT = 50_000
LOOKING_S = 1.0

# What fills an environment with thousands of files, none of them a project's own.
_INSTALLED = frozenset(
    {
        *("bin", "conda-meta", "envs", "include", "lib", "lib64", "libexec", "pkgs", "sbin"),
        *("share", "ssl"),
    }
)
# Elsewhere there is little else: beyond that it costs more than it is worth.
ELSEWHERE_LIMIT = 1000


def candidates(root: Path, hidden: list[str]) -> Iterator[Path]:
    """Files that by their names may be databases, without those of other people's code."""
    deadline = time.monotonic() + LOOKING_S
    seen = 0
    closed = _closed(hidden)
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        # A project that is an environment itself may have its own things in any folder.
        folders[:] = _worth_entering(folders, installed=here != root and is_environment(here))
        seen += len(folders) + len(files)
        if seen > ENTRIES_LIMIT or time.monotonic() > deadline:
            return
        if (folder + os.sep).startswith(closed):
            folders.clear()
            continue
        yield from (here / name for name in _named_like_one(files))


def beside(root: Path, hidden: list[str]) -> Iterator[Path]:
    """Such files in the folder that holds ``root``, and in none below it."""
    folder = root.resolve().parent
    if folder == root or f"{folder}{os.sep}".startswith(_closed(hidden)):
        return
    with suppress(OSError), os.scandir(folder) as entries:
        names = [entry.name for entry in islice(entries, ELSEWHERE_LIMIT)]
        yield from (folder / name for name in _named_like_one(names))


def in_environment(environment: Path, root: Path, hidden: list[str]) -> Iterator[Path]:
    """Such files in ``environment`` as well, without the project in ``root``."""
    seen = 0
    closed = _closed(hidden)
    for folder, folders, files in os.walk(environment):
        here = Path(folder)
        entered = _worth_entering(folders, installed=here == environment or is_environment(here))
        folders[:] = [name for name in entered if here / name != root]
        seen += len(folders) + len(files)
        if seen > ELSEWHERE_LIMIT:
            return
        if (folder + os.sep).startswith(closed):
            folders.clear()
            continue
        yield from (here / name for name in _named_like_one(files))


def _closed(hidden: list[str]) -> tuple[str, ...]:
    """A command must not read these; and to close one of ours would drop our locks on it."""
    return tuple(path + os.sep for path in hidden)


def _worth_entering(folders: list[str], *, installed: bool) -> list[str]:
    skipped = SKIPPED | {".git"}
    if installed:
        skipped |= _INSTALLED
    return [name for name in folders if name not in skipped]


def _named_like_one(files: list[str]) -> Iterator[str]:
    names = set(files)
    for name in files:
        accompanied = any(name + suffix in names for suffix in BESIDE)
        if accompanied or Path(name).suffix.lower() in SUFFIXES:
            yield name
