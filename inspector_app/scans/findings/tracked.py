"""Which files of a folder Git has, read from its index without running it."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from inspector_app.workspaces.source import exists, is_file, start_of

_SIZE_LIMIT = 64 * 1024 * 1024
# Version 4 leaves out what a name has in common with the one before it.
_PLAIN_NAMES = (2, 3)


class Tracked:
    """Answers for the repository around ``root``; None where there is none that can be read."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def has(self, file: Path) -> bool | None:
        top, index = self._top, self._index
        if top is None or index is None or not file.is_relative_to(top):
            return None
        name = os.fsencode(file.relative_to(top).as_posix())
        # In front of a name stand two bytes of flags, behind it at least one NUL.
        return name + b"\0" in index

    @cached_property
    def _top(self) -> Path | None:
        return next(
            (one for one in (self._root, *self._root.parents) if exists(one / ".git")), None
        )

    @cached_property
    def _index(self) -> bytes | None:
        file = self._top / ".git" / "index" if self._top is not None else None
        if file is None or not is_file(file):
            return None
        try:
            if file.stat().st_size > _SIZE_LIMIT:
                return None
            data = start_of(file, _SIZE_LIMIT)
        except OSError:
            return None
        version = int.from_bytes(data[4:8], "big")
        return data if data[:4] == b"DIRC" and version in _PLAIN_NAMES else None
