"""The database, brought up to date and never harmed.

One from a newer DJDesk, or one that cannot be read, is refused and left as it is; an older one is
copied before it is migrated.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from inspector_app.errors import Problem

from . import paths
from .data import ELSEWHERE, FREE_SPACE, unwritable

# Raised with every new migration; stamped into the database as PRAGMA user_version, so that a
# start compares one number instead of asking Django's migration loader (49 ms).
SCHEMA = 6

BACKUPS_KEPT = 5


def migrate(path: Path, progress: Callable[[str], None]) -> None:
    """Bring the database at ``path`` to :data:`SCHEMA`; Django's settings must name that file."""
    if not path.exists() and paths.EMPTY_DATABASE.is_file():
        _begin_with(paths.EMPTY_DATABASE, path)
    stamp = _stamp_of(path)
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
    if path.exists() and path.stat().st_size:
        progress("Backing up the database")
        _back_up(path, stamp)
    progress("Preparing the database")
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA user_version = {SCHEMA:d}")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what goes wrong with the database, or with the files around it, as a Problem."""
    try:
        yield
    except Problem:
        raise
    except OSError as error:
        raise unwritable(path.parent, error) from error
    except Exception as error:
        # Django wraps SQLite's errors, the queue does not.
        cause = error if isinstance(error, sqlite3.Error) else error.__cause__
        if isinstance(cause, sqlite3.Error):
            raise _problem_of(path, cause) from error
        raise


def _problem_of(path: Path, error: sqlite3.Error) -> Problem:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return Problem("data_dir_full", f"The disk of {path} is full.", FREE_SPACE)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return Problem(
            "data_dir_read_only", f"The database {path} cannot be opened for writing.", ELSEWHERE
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Problem(
            "database_unreadable",
            f"The database {path} is damaged: {error}.",
            "It was left as it is. Move it away to start with an empty one, "
            "or put a copy from backups/ in its place.",
        )
    return Problem(
        "database_unusable",
        f"The database {path} cannot be used: {error}.",
        "Check the free space and the permissions of that folder.",
    )


def _begin_with(shipped: Path, path: Path) -> None:
    """Copy ``shipped`` to ``path``, whole or not at all: half of one would look damaged."""
    part = path.with_name(path.name + ".part")
    try:
        shutil.copyfile(shipped, part)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def put_unreadable_queue_aside(path: Path) -> Path | None:
    """Rename a queue file that is damaged; returns its new place.

    The queue holds only the ids of rows, which are queued again at every start, so nothing is lost.
    """
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname not in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
            raise
        target = path.with_name(f"{path.stem}-unreadable-{_now()}{path.suffix}")
        path.rename(target)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return target
    return None


def _stamp_of(path: Path) -> int:
    """The schema stamp of the database at ``path``; 0 for a missing or empty one."""
    if not path.exists() or path.stat().st_size == 0:
        return 0
    beside = [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm")]
    ours = [file for file in beside if not file.exists()]
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        # A reader makes them, and only a writer would remove them again.
        for file in ours:
            file.unlink(missing_ok=True)


def _back_up(path: Path, stamp: int) -> None:
    folder = path.parent / "backups"
    target = folder / f"{path.stem}-{_now()}-schema{stamp}.sqlite3"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        try:
            with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
                old.backup(new)
        except sqlite3.Error:
            target.unlink(missing_ok=True)
            raise
        for outdated in sorted(folder.glob(f"{path.stem}-*.sqlite3"))[:-BACKUPS_KEPT]:
            outdated.unlink()
    except (OSError, sqlite3.Error) as error:
        raise Problem(
            "backup_failed",
            f"The database could not be copied to {folder} before its update: {error}.",
            f"Nothing was changed. {FREE_SPACE}",
        ) from error


def _now() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
