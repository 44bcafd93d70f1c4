"""The data directory: made, locked for one process, and its database brought up to date.

A database is never harmed: one from a newer DJDesk or one that cannot be read is refused and left
as it is, and an older one is copied before it is migrated.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TextIO

from inspector_app.errors import Problem

# Raised with every new migration; stamped into the database as PRAGMA user_version, so that a
# start compares one number instead of asking Django's migration loader (49 ms).
SCHEMA = 1


def prepare(directory: Path) -> None:
    """Make ``directory`` and prove that it can be written to."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        (directory / "runs").mkdir(mode=0o700, exist_ok=True)
        probe = directory / f".write-test-{os.getpid()}"
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
    except OSError as error:
        raise unwritable(directory, error) from error


def unwritable(directory: Path, error: OSError) -> Problem:
    """The problem behind an OSError on the data directory."""
    hints = {
        errno.ENOSPC: ("data_dir_full", "the disk is full", "Free some space and start again."),
        errno.EDQUOT: ("data_dir_full", "the quota is used up", "Free some space and start again."),
        errno.EROFS: ("data_dir_read_only", "it is on a read-only file system", ""),
        errno.EACCES: ("data_dir_read_only", "writing there is not permitted", ""),
        errno.EPERM: ("data_dir_read_only", "writing there is not permitted", ""),
        errno.ENOTDIR: ("data_dir_not_a_folder", "a part of the path is a file", ""),
        errno.EEXIST: ("data_dir_not_a_folder", "it is a file, not a folder", ""),
    }
    code, why, hint = hints.get(
        error.errno or 0, ("data_dir_unusable", error.strerror or "it cannot be used", "")
    )
    return Problem(
        code,
        f"DJDesk cannot write to its data directory {directory}: {why}.",
        hint or "Make it writable, or name another one in DJDESK_DATA_DIR.",
    )


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold ``directory`` for this process; a second holder gets a Problem that names the first."""
    path = directory / "lock"
    try:
        handle = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise unwritable(directory, error) from error
    with handle:
        if not _try_lock(handle):
            handle.seek(0)
            holder = handle.read(40).strip() or "unknown"
            raise Problem(
                "data_dir_in_use",
                f"Another DJDesk (process {holder}) is using the data directory {directory}.",
                "Use its window, stop it, or name another directory in DJDESK_DATA_DIR.",
            )
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: TextIO) -> bool:
        # A byte far behind the text, because Windows locks bytes against reading too.
        handle.seek(1 << 20)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
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


def stamp_of(path: Path) -> int:
    """The schema stamp of the database at ``path``; 0 for a missing or empty one."""
    if not path.exists() or path.stat().st_size == 0:
        return 0
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise Problem(
            "database_unreadable",
            f"The database {path} cannot be read: {error}.",
            "It was left as it is. Move it away to start with an empty one, "
            "or put a copy from backups/ in its place.",
        ) from error


def migrate(path: Path, progress: Callable[[str], None]) -> None:
    """Bring the database at ``path`` to :data:`SCHEMA`; Django's settings must name that file."""
    stamp = stamp_of(path)
    if stamp == SCHEMA:
        return
    if stamp > SCHEMA:
        raise Problem(
            "database_newer",
            f"The database {path} was written by a newer DJDesk (schema {stamp}, "
            f"this version knows {SCHEMA}).",
            "Nothing in it was changed. Install the newer DJDesk again, "
            "or name another directory in DJDESK_DATA_DIR.",
        )
    if stamp:
        progress("Backing up the database")
        _back_up(path, stamp)
    progress("Preparing the database")
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA user_version = {SCHEMA:d}")
    except DatabaseError as error:
        raise Problem(
            "database_unusable",
            f"The database {path} could not be prepared: {error}.",
            "Check the free space and the permissions of that folder.",
        ) from error


def _back_up(path: Path, stamp: int) -> None:
    folder = path.parent / "backups"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / f"{path.stem}-schema{stamp}.sqlite3"
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except (OSError, sqlite3.Error) as error:
        raise Problem(
            "backup_failed",
            f"The database could not be copied to {folder} before its update: {error}.",
            "Nothing was changed. Free some space and start again.",
        ) from error
