"""One command with a data directory of its own, gone when it ends.

So it works beside an open window, which holds the lock of the user's data directory, and leaves
nothing behind.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import stat
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend import data, database, engine, lock, logs, paths
from backend.garbage import collect_from_now_on
from inspector_app.errors import Problem

from .interrupts import raise_on_signals

RECENT_S = 60.0
WITHOUT_FLUSHING = "PRAGMA synchronous=OFF; PRAGMA journal_mode=WAL; PRAGMA cache_size=-512"


@contextmanager
def engine_without_server(options: Namespace) -> Iterator[None]:
    """Django with an empty database in a temporary folder."""
    # What went wrong is told as a sentence; the log would only say it again.
    logs.to_stderr(logging.DEBUG if options.verbose else logging.CRITICAL)
    raise_on_signals()
    with _temporary_folder() as folder, lock.locked(Path(folder), "djdesk"):
        _sweep(Path(folder).parent)
        os.environ["DJDESK_DATA_DIR"] = folder
        data.prepare(Path(folder))
        engine.set_up_django()
        from inspector_app.events import bus
        from inspector_app.runs import insist

        # There is no page. A command that shows what happens listens instead.
        bus.close()
        insist.fail_at_once()
        from django.db import connection, connections

        # It is gone with this process: nothing has to wait until it is safe on the disk.
        connection.settings_dict["OPTIONS"]["init_command"] = WITHOUT_FLUSHING
        database.migrate(engine.database_path(), lambda _: None)
        collect_from_now_on()
        try:
            yield
        finally:
            connections.close_all()


@contextmanager
def _temporary_folder() -> Iterator[str]:
    parent = paths.private_dir()
    try:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _require_ours(parent)
        folder = tempfile.TemporaryDirectory(dir=parent, ignore_cleanup_errors=True)
    except OSError as error:
        raise Problem(
            "no_temporary_folder",
            f"No temporary folder could be made in {parent}: {error.strerror}.",
            "Free some space, or name a writable folder in TMPDIR.",
        ) from error
    try:
        with folder as name:
            yield name
    finally:
        with contextlib.suppress(OSError):
            # Unless another command has its folder there.
            parent.rmdir()


def _require_ours(folder: Path) -> None:
    """Everybody may make folders where temporary files are, also one of this name."""
    found = folder.lstat()
    if sys.platform == "win32":
        return
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise Problem(
            "no_temporary_folder",
            f"{folder} was made by somebody else, or others may look into it.",
            "Remove it, or name another folder for temporary files in TMPDIR.",
        )


def _sweep(parent: Path) -> None:
    """Remove the folders of commands that were killed before they could do it.

    Only DJDesk makes anything in ``parent``. A killed command's lock is free; one that has just
    made its folder may not hold it yet, so new ones are left alone.
    """
    recent = time.time() - RECENT_S
    for folder in parent.iterdir():
        with contextlib.suppress(OSError, Problem):
            if (folder / lock.NAME).lstat().st_mtime > recent:
                continue
            with lock.locked(folder, "djdesk"):
                shutil.rmtree(folder, ignore_errors=True)
