"""A write that failed because of the disk, as a problem that a user can act on."""

from __future__ import annotations

import errno
import sqlite3

from inspector_app.errors import Problem

_FULL = Problem(
    "data_dir_full",
    "The disk that DJDesk writes to is full, so this was not done.",
    "Free some space and try again. Nothing in your project was changed.",
)
_UNWRITABLE = Problem(
    "data_dir_read_only",
    "DJDesk cannot write to its own files any more, so this was not done.",
    "Check the disk and the permissions of its data directory, which Preferences names.",
)


def problem_of(error: BaseException | None) -> Problem | None:
    """What ``error``, or what it was raised for, says about the disk; None for another cause."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return _FULL
        if isinstance(error, sqlite3.Error):
            name = getattr(error, "sqlite_errorname", "")
            if name.startswith("SQLITE_FULL"):
                return _FULL
            if name.startswith(("SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN")):
                return _UNWRITABLE
        error = error.__cause__
    return None
