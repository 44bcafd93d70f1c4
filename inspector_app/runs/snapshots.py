"""Whole copies of a project's SQLite databases, for the tiers that put a copy under a command.

A file that another program writes to while it is copied arrives torn. SQLite's own backup waits for
the writers' locks, so its copies are whole. The copies take the place of the real files.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from inspector_app.workspaces.opened import is_utf8, shown

from .database_files import beside, candidates

# Copying takes about 3 s for 1 GB.
TOGETHER_BYTES = 1_000_000_000
TOGETHER_S = 5.0
# Those beside the project are copied once more, into memory.
BESIDE_BYTES = 128_000_000
# How long a writer is waited for.
EACH_S = 1.5
# Between two looks at the clock, and at whether anybody still wants the copy.
STEP_BYTES = 8_000_000
# How often somebody's lock, or another run's turn, is looked at.
AGAIN_S = 0.02
# A database up to this size is copied in any case, a larger one when somebody may be writing to it.
SMALL_BYTES = 16_000_000
LATELY_S = 600.0

_HEADER = b"SQLite format 3\0"
_WAL_VERSION = 2
# The bytes that every connection to a database locks, readers included.
_LOCKED_AT, _LOCKED_BYTES = 0x40000000, 512
_F_OFD_GETLK = 36
_FLOCK = "hhxxxxqqixxxx"

# A file that is closed in one thread takes away the locks that another thread has on it: whoever
# opens what may be somebody's database holds this.
one_at_a_time = threading.Lock()

logger = logging.getLogger(__name__)


@dataclass
class Taken:
    """Entries for the policy, and sentences about databases that could not be copied."""

    entries: list[dict[str, str]] = field(default_factory=list)
    beside: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Database:
    path: Path
    size: int
    modified: float
    wal: bool
    locked: bool


def take(
    root: Path,
    folder: Path,
    hidden: list[str],
    stopped: Callable[[], bool] = lambda: False,
    say: Callable[[str], None] = lambda _: None,
) -> Taken:
    """Copy the databases below ``root`` and beside it that need it to ``folder``, which is made.

    Nothing of ``hidden`` is looked into. Once ``stopped``, nobody wants the copies any more; what
    takes long is told to ``say``.
    """
    taken = Taken()
    with turn(stopped) as mine:
        deadline = time.monotonic() + TOGETHER_S
        room = {True: TOGETHER_BYTES, False: BESIDE_BYTES}
        for path in chain(candidates(root, hidden), beside(root, hidden)) if mine else ():
            if stopped():
                break
            database = look_at(path)
            below = path.is_relative_to(root)
            if database is None or not _may_be_torn(database, usual=below):
                continue
            name = str(path.relative_to(root)) if below else str(path)
            if not is_utf8(name):
                # The launcher's policy is JSON, and SQLite takes addresses of text only.
                taken.notes.append(f"{shown(Path(name))} has a name that is not UTF-8; {_TORN}")
                continue
            room[below] -= database.size
            if room[below] < 0:
                taken.notes.append(f"{name} is too large to be copied whole; {_TORN}")
                continue
            if database.size > SMALL_BYTES:
                size = f"{database.size / 1_000_000:,.0f} MB"
                say(f"copying {name} ({size}) first, because somebody may be writing to it")
            folder.mkdir(exist_ok=True)
            entries = taken.entries if below else taken.beside
            copy = folder / str(len(taken.entries) + len(taken.beside))
            try:
                _back_up(path, copy, deadline, stopped)
            except (sqlite3.Error, _NotCopied) as error:
                logger.info("no copy of %s: %s", path, error)
                copy.unlink(missing_ok=True)
                taken.notes.append(f"{name} could not be copied whole ({_why(error)}); {_TORN}")
                continue
            entries.append({"path": name, "file": str(copy)})
    return taken


_TORN = "a command that opens it may find it damaged. The real file is not touched."


class _NotCopied(Exception):
    """The message says why, behind “could not be copied whole”."""


def _why(error: sqlite3.Error | _NotCopied) -> str:
    code = error.sqlite_errorcode if isinstance(error, sqlite3.Error) else None
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        # What is half done is undone by whoever opens it next and may write, which DJDesk must not.
        return "a program that wrote to it was killed, and its journal is still there"
    return str(error)


@contextmanager
def turn(stopped: Callable[[], bool]) -> Iterator[bool]:
    """Yields whether it came, or was no longer waited for."""
    while not (mine := one_at_a_time.acquire(timeout=AGAIN_S)) and not stopped():
        pass
    try:
        yield mine
    finally:
        if mine:
            one_at_a_time.release()


def look_at(path: Path) -> _Database | None:
    """None: not a database, or not readable."""
    try:
        # A link may lead to what a command must not read, and a pipe would be waited for.
        with open(path, "rb", opener=_itself) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return None
            header = file.read(20)
            if len(header) < 20 or not header.startswith(_HEADER):
                return None
            locked = _is_locked(file.fileno())
    except OSError:
        return None
    wal = header[18] == _WAL_VERSION
    return _Database(path, found.st_size, found.st_mtime, wal, locked)


def _itself(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _is_locked(descriptor: int) -> bool:
    """Whether any connection, of whatever process, uses the database at this moment."""
    if sys.platform != "linux":
        return False
    from fcntl import F_UNLCK, F_WRLCK, fcntl

    asked = struct.pack(_FLOCK, F_WRLCK, os.SEEK_SET, _LOCKED_AT, _LOCKED_BYTES, 0)
    answer = fcntl(descriptor, _F_OFD_GETLK, asked)
    return bool(struct.unpack(_FLOCK, answer)[0] != F_UNLCK)


def _may_be_torn(database: _Database, *, usual: bool) -> bool:
    """``usual``: it is likely to be the project's."""
    if database.wal:
        # Each connection holds a lock all the time. Without one nobody writes, and to open the
        # database would make files beside it.
        return database.locked
    return (
        (usual and database.size <= SMALL_BYTES)
        or database.locked
        or time.time() - database.modified < LATELY_S
        or Path(f"{database.path}-journal").exists()
    )


def _back_up(path: Path, copy: Path, deadline: float, stopped: Callable[[], bool]) -> None:
    def look_up(_status: int, _left: int, _total: int) -> None:
        if stopped():
            raise _NotCopied("it was stopped")
        if time.monotonic() > deadline:
            raise _NotCopied(f"it takes more than {TOGETHER_S:g} s")

    address = f"file:{quote(str(path))}?mode=ro"
    source = sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)
    try:
        _hold(source, min(deadline, time.monotonic() + EACH_S), stopped)
        (page_bytes,) = source.execute("PRAGMA page_size").fetchone()
        target = sqlite3.connect(copy, isolation_level=None)
        try:
            # It is thrown away after the run, so it need not survive a power cut.
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target, pages=STEP_BYTES // page_bytes, progress=look_up)
        finally:
            target.close()
    finally:
        source.close()


def _hold(source: sqlite3.Connection, deadline: float, stopped: Callable[[], bool]) -> None:
    """Keep writers out until the connection is closed: else each would make the copy begin anew."""
    while True:
        try:
            source.execute("BEGIN")
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            source.rollback()
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        else:
            return
        if stopped():
            raise _NotCopied("it was stopped")
        if time.monotonic() > deadline:
            raise _NotCopied("it is locked")
        time.sleep(AGAIN_S)
