"""SQLite databases that a command wrote to, compared with what it found."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path, PurePath
from typing import Any

from inspector_app.runs.database_files import BESIDE, SUFFIXES

from .budget import Budget
from .entry import Entry
from .layers import Layers
from .schema import schema_difference
from .sqlite_structure import HEADER, Structure, read_structure

# What may be copied of a project whose database nobody closed; a larger one is not compared.
COPIED_BYTES = 256_000_000

_PERHAPS = (
    "Another program wrote to the real database meanwhile, so a part of this may be its doing."
)


def is_database(entry: Entry | None) -> bool:
    """Whether it is a SQLite database, by its first bytes or, while it is empty, by its name."""
    if entry is None or not entry.is_file:
        return False
    if not entry.size:
        return PurePath(entry.path).suffix.lower() in SUFFIXES
    try:
        return entry.read(len(HEADER)) == HEADER
    except OSError:
        return False


class Databases:
    """Reads pairs of databases; ``folder`` is for its own copies, and thrown away later."""

    def __init__(self, layers: Layers, folder: Path, budget: Budget, changed: set[str]) -> None:
        self._layers = layers
        self._folder = folder
        self._budget = budget
        self._changed = changed
        self._count = 0

    def compare(self, path: str, old: Entry | None, new: Entry | None) -> dict[str, Any]:
        """One of the two may be missing, or be no database yet."""
        change = "created" if old is None else "deleted" if new is None else "modified"
        sizes = [old.size if old else None, new.size if new else None]
        found: dict[str, Any] = {"path": path, "change": change, "sizes": sizes, "note": ""}
        if self._budget.over:
            return found | {"note": "It was not compared: there was no time left."}
        try:
            before = self._before(path, old) if old is not None else Structure()
            after = self._after(path, new) if new is not None else Structure()
        except (sqlite3.Error, OSError, ValueError) as error:
            return found | {"note": f"It was not compared: {error}."}
        meanwhile = {path, *(path + suffix for suffix in BESIDE)} & self._changed
        return found | schema_difference(before, after) | {"note": _PERHAPS if meanwhile else ""}

    def _before(self, path: str, entry: Entry) -> Structure:
        """The real file must not see as much as a lock."""
        if not entry.size:
            return Structure()
        snapshot = path in self._layers.snapshots
        beside = [] if snapshot else self._beside(path, self._layers.old)
        if not beside:
            place = entry.top / entry.path
            return read_structure(place, self._budget.deadline, immutable=True)
        return self._read(entry, beside, move=False)

    def _after(self, path: str, entry: Entry) -> Structure:
        if not entry.size:
            return Structure()
        return self._read(entry, self._beside(path, self._layers.new), move=True)

    def _beside(self, path: str, layer: Any) -> list[tuple[str, Entry]]:
        """What SQLite may still have to bring into the file."""
        pairs = [(suffix, layer(path + suffix)) for suffix in ("-wal", "-journal")]
        return [(suffix, one) for suffix, one in pairs if one and one.is_file and one.size]

    def _read(self, entry: Entry, beside: list[tuple[str, Entry]], *, move: bool) -> Structure:
        """Reads a copy; what lies in the layer is linked, because the layer is thrown away."""
        self._folder.mkdir(exist_ok=True)
        self._count += 1
        place = self._folder / str(self._count)
        for suffix, one in [("", entry), *beside]:
            _take(one, Path(f"{place}{suffix}"), linked=move)
        return read_structure(place, self._budget.deadline)


def _take(entry: Entry, to: Path, *, linked: bool) -> None:
    with entry.open() as old:
        place = entry.top / entry.path
        if linked and os.path.samestat(os.fstat(old.fileno()), place.stat()):
            os.link(place, to, follow_symlinks=False)
            # The command may have taken the right to write away.
            to.chmod(0o600)
            return
        if entry.size > COPIED_BYTES:
            raise OSError("it is too large to be copied")
        with to.open("wb") as new:
            shutil.copyfileobj(old, new)
