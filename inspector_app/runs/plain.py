"""Environments that a command which only reads is shown as they are, without a layer.

SQLite writes even to read, so a project's database in one may need the layer; but in a layer its
locks are those of a copy, so one that is written to meanwhile is better off without.
"""

from __future__ import annotations

from pathlib import Path

from . import places, snapshots
from .database_files import BESIDE, in_environment

# No layer lies over these, and to look through them takes longer than a layer would.
_OF_THE_SYSTEM = (Path("/usr"), Path("/usr/local"))


def plain(interpreter: Path, root: Path, hidden: list[str]) -> list[Path]:
    """Those of ``interpreter``; ``root`` is the project. Nothing of ``hidden`` is looked into."""
    return [
        environment
        for environment in dict.fromkeys(places.environments(interpreter))
        if environment in _OF_THE_SYSTEM or not _needs_layer(environment.resolve(), root, hidden)
    ]


def _needs_layer(environment: Path, root: Path, hidden: list[str]) -> bool:
    found = list(in_environment(environment, root, hidden))
    if not found:
        return False
    with snapshots.one_at_a_time:
        if environment.is_relative_to(root):
            # Whole copies of those that are written to take their place, and they lie in a layer.
            return any(map(snapshots.look_at, found))
        return any(map(_is_left_open, found))


def _is_left_open(path: Path) -> bool:
    """Whether nobody uses a database that cannot be read without making or removing files."""
    database = snapshots.look_at(path)
    if database is None or database.locked:
        return False
    journal = path.with_name(path.name + BESIDE[-1])
    return database.wal or journal.exists()
