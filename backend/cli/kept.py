"""What the window keeps of a project, for a command that only looks.

The database is opened beside a window that may be writing to it; this process changes nothing in
it.
"""

from __future__ import annotations

import logging
import sqlite3
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from backend import database, engine, logs, paths
from backend.garbage import collect_from_now_on
from inspector_app.errors import Problem

from .interrupts import raise_on_signals

# Of a project whose reading has come to an end; nothing else can be asked.
_KNOWN = """
    SELECT workspace.root FROM inspector_workspace AS workspace
    WHERE workspace.root = ? AND EXISTS (
        SELECT 1 FROM inspector_scan AS scan
        WHERE scan.workspace_id = workspace.id AND scan.state = 'done'
    )
"""
ONLY_LOOK = "PRAGMA query_only=1"


def kept_root(path: str, manage: str | None) -> str | None:
    """The root of the project in ``path``, if the window has read it; None otherwise.

    Raises:
        Problem: as :func:`~inspector_app.workspaces.find.find_project`.
    """
    root = _root(Path(path), manage)
    file = _file()
    if not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(file, timeout=2)) as connection:
            connection.execute(ONLY_LOOK)
            stamp = connection.execute("PRAGMA user_version").fetchone()[0]
            known = connection.execute(_KNOWN, [root]).fetchone() if _is_ours(stamp) else None
    except sqlite3.Error:
        # Whatever is wrong with it, the window says so; the project can be read anew.
        return None
    return known[0] if known is not None else None


@contextmanager
def engine_that_looks(options: Namespace) -> Iterator[None]:
    """Django with the user's database, in which this process can change nothing."""
    logs.to_stderr(logging.DEBUG if options.verbose else logging.CRITICAL)
    raise_on_signals()
    engine.set_up_django()
    from django.db import connection, connections

    connection.settings_dict["OPTIONS"]["init_command"] = ONLY_LOOK
    collect_from_now_on()
    try:
        yield
    finally:
        connections.close_all()


def _is_ours(stamp: int) -> bool:
    return stamp == database.SCHEMA


def _file() -> Path:
    return paths.data_dir() / "djdesk.sqlite3"


def _root(path: Path, manage: str | None) -> str:
    from inspector_app.workspaces.find import find_project

    try:
        return str(find_project(path, manage).root)
    except Problem as problem:
        if problem.code != "several_projects":
            raise
        # One of them may have been chosen in the window.
        return str(path.expanduser().resolve())
