"""One name in a layer, looked at without following a link or waiting for a pipe."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

# A file's content up to this size is compared line by line.
READ_BYTES = 1_000_000
_COPY_BYTES = 1024 * 1024

_FOLDER = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW if hasattr(os, "O_PATH") else os.O_RDONLY
_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True)
class Entry:
    """What lies at ``path`` below ``top``; ``mode`` and ``size`` as the file system says."""

    top: Path
    path: str
    mode: int
    size: int

    @property
    def is_file(self) -> bool:
        return stat.S_ISREG(self.mode)

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.mode)

    @property
    def is_link(self) -> bool:
        return stat.S_ISLNK(self.mode)

    @property
    def is_special(self) -> bool:
        """A pipe, a socket or a device."""
        return not (self.is_file or self.is_folder or self.is_link)

    @property
    def executable(self) -> bool:
        return bool(self.mode & stat.S_IXUSR)

    def open(self) -> FileIO:
        """The file itself.

        Raises:
            OSError: it cannot be read, or there is something else by now.
        """
        folder = _parent(self.top, self.path)
        try:
            file = FileIO(os.open(_name(self.path), _FILE, dir_fd=folder))
        finally:
            os.close(folder)
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise OSError(f"{self.path} is no file any more")
        return file

    def read(self, limit: int = READ_BYTES) -> bytes:
        """The first ``limit`` bytes.

        Raises:
            OSError: as :meth:`open`.
        """
        with self.open() as file:
            return file.read(limit) or b""

    def target(self) -> bytes:
        """Where a link leads."""
        folder = _parent(self.top, self.path)
        try:
            return os.fsencode(os.readlink(_name(self.path), dir_fd=folder))
        finally:
            os.close(folder)


def look(top: Path, path: str) -> Entry | None:
    """What lies at ``path``, a relative one; None where there is nothing, or a link is on the way.

    A mark of an overlay for what is deleted counts as nothing.
    """
    if not is_plain(path):
        return None
    try:
        folder = _parent(top, path)
    except (OSError, ValueError):
        return None
    try:
        found = os.stat(_name(path), dir_fd=folder, follow_symlinks=False)
    except (OSError, ValueError):
        return None
    finally:
        os.close(folder)
    if stat.S_ISCHR(found.st_mode) and found.st_rdev == 0:
        return None
    return Entry(top, path, found.st_mode, found.st_size)


def is_plain(path: str) -> bool:
    """Whether ``path`` stays below the folder that it is relative to."""
    parts = path.split("/")
    return bool(path) and all(part not in ("", ".", "..") for part in parts)


def same_content(one: Entry, other: Entry) -> bool:
    """Whether two files hold the same bytes; false where one of them cannot be read."""
    if one.size != other.size:
        return False
    try:
        with one.open() as a, other.open() as b:
            while True:
                first, second = a.read(_COPY_BYTES), b.read(_COPY_BYTES)
                if first != second:
                    return False
                if not first:
                    return True
    except OSError:
        return False


def _parent(top: Path, path: str) -> int:
    """The folder of ``path``, opened part by part from ``top`` on."""
    folder = os.open(top, _FOLDER)
    for part in path.split("/")[:-1]:
        try:
            inner = os.open(part, _FOLDER, dir_fd=folder)
        finally:
            os.close(folder)
        folder = inner
    return folder


def _name(path: str) -> str:
    return path.rpartition("/")[2]
