"""Projects whose SQLite database lies in the environment of their interpreter."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from inspector_app.models import Workspace
from inspector_app.runs.plain import plain
from tests.projects import base_python
from tests.proving import require
from tests.runs.project import executed
from tests.runs.test_environments import with_environment

# Ends without a goodbye in the middle of a change that is too large for the memory.
KILLED = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 5")
database.execute("CREATE TABLE many (text)")
database.execute("BEGIN")
database.executemany("INSERT INTO many VALUES (?)", [("x" * 3000,)] * 500)
os._exit(0)
"""


def _migrated(workspace: Workspace, database: Path) -> None:
    root = workspace.root_path
    with (root / "shop" / "settings.py").open("a") as settings:
        settings.write(f"\nDATABASES['default']['NAME'] = {str(database)!r}\n")
    (root / "orders" / "apps.py").unlink()
    database.parent.mkdir()
    subprocess.run(
        [workspace.interpreter, "manage.py", "migrate"],
        cwd=root,
        check=True,
        env={"PATH": os.defpath},
        stdout=subprocess.DEVNULL,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("left", ["closed", "with a log", "with a journal"])
@pytest.mark.parametrize("inside", [True, False])
def test_a_database_in_an_environment_is_read_however_it_was_left(
    project: Path, tmp_path: Path, inside: bool, left: str
) -> None:
    require("copy-on-write")
    environment = (project if inside else tmp_path) / ".venv"
    workspace, _ = with_environment(project, environment)
    if not inside:
        moved = environment / "src" / "sites" / "shop"
        moved.parent.mkdir(parents=True)
        project.rename(moved)
        workspace.root = str(moved)
        workspace.save()
    database = environment / "var" / "db.sqlite3"
    _migrated(workspace, database)
    if left == "with a log":
        with closing(sqlite3.connect(database)) as one:
            one.execute("PRAGMA journal_mode = WAL")
    if left == "with a journal":
        subprocess.run([sys.executable, "-c", KILLED, str(database)], check=True)
    before = database.read_bytes()
    for preset in ("showmigrations", "migrate", "dumpdata"):
        run = executed(workspace, preset, tier="copy-on-write")
        assert (run.status, run.exit_code) == ("succeeded", 0), run.log.text()
    assert database.read_bytes() == before


def _with_database(environment: Path) -> tuple[Path, Path]:
    """The interpreter of a new environment, and a database with a log in it."""
    python = environment / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(base_python())
    (environment / "pyvenv.cfg").touch()
    database = environment / "var" / "db.sqlite3"
    database.parent.mkdir()
    with closing(sqlite3.connect(database)) as one:
        one.execute("PRAGMA journal_mode = WAL")
        one.execute("CREATE TABLE many (text)")
    return python, database


def test_a_database_that_somebody_uses_is_read_without_a_layer(tmp_path: Path) -> None:
    """In a layer of which there is no whole copy it would be torn."""
    environment = tmp_path / ".venv"
    python, database = _with_database(environment)
    assert environment not in plain(python, tmp_path / "project", [])

    with closing(sqlite3.connect(database)) as one:
        one.execute("INSERT INTO many VALUES ('x')")
        assert environment in plain(python, tmp_path / "project", [])


def test_our_own_database_in_an_environment_is_not_opened(tmp_path: Path) -> None:
    environment = tmp_path / ".venv"
    python, database = _with_database(environment)

    assert environment in plain(python, tmp_path / "project", [str(database.parent)])
