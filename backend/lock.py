"""One DJDesk per data directory: a lock that ends with its process, however that ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from inspector_app.errors import Problem

from .data import unwritable

NAME = "lock"


@contextmanager
def locked(directory: Path, purpose: str) -> Iterator[None]:
    """Hold ``directory`` for this process, which calls itself ``purpose``.

    Raises:
        Problem: ``data_dir_in_use``, naming the holder and what it calls itself.
    """
    try:
        handle = (directory / NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise unwritable(directory, error) from error
    with handle:
        if not _taken(handle, directory):
            raise Problem(
                "data_dir_in_use",
                f"Another DJDesk ({_holder(handle)}) is using the data directory {directory}.",
                "Use that one, end it, or name another directory in DJDESK_DATA_DIR.",
            )
        try:
            handle.truncate(0)
            handle.write(f"{purpose}, process {os.getpid()}\n")
            handle.flush()
        except OSError as error:
            raise unwritable(directory, error) from error
        yield


def _taken(handle: TextIO, directory: Path) -> bool:
    try:
        return _try_lock(handle)
    except OSError as error:
        raise unwritable(directory, error) from error


def _holder(handle: TextIO) -> str:
    handle.seek(0)
    return handle.read(80).strip() or "just starting"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: TextIO) -> bool:
        # A byte far behind the text, because Windows locks bytes against reading too.
        handle.seek(1 << 20)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: TextIO) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
