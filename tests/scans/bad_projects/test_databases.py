"""Databases that are not there, are locked, are none, or do not answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

from .telling import settings

pytestmark = pytest.mark.django_db(transaction=True)

Unchanged = Callable[[Path], None]


BACKEND = """
import time
from django.db.backends.sqlite3.base import *
from django.db.backends.sqlite3 import base

class DatabaseWrapper(base.DatabaseWrapper):
    vendor = "away"

    def get_new_connection(self, params):
        {body}
"""


def database(found: dict[str, Any], alias: str = "default") -> dict[str, Any]:
    return dict(next(one for one in found["databases"] if one["alias"] == alias))


def test_a_database_that_is_not_there_is_not_made(project: Path, report: Any) -> None:
    found = report()

    assert database(found)["reachable"] is False
    assert database(found)["error"] == "its file does not exist yet"
    assert not (project / "db.sqlite3").exists()
    assert found["migrations"]["unapplied"] is None


def test_a_database_that_is_locked(project: Path, report: Any) -> None:
    with sqlite3.connect(project / "db.sqlite3") as connection:
        connection.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
    connection.close()
    locking = sqlite3.connect(project / "db.sqlite3", isolation_level=None)
    locking.execute("BEGIN EXCLUSIVE")
    try:
        found = report()
    finally:
        locking.close()

    assert found["migrations"]["unapplied"] is None or database(found)["reachable"]
    assert found["checks"]["default"] == []


def test_a_database_that_is_none(project: Path, report: Any) -> None:
    (project / "db.sqlite3").write_text("this is no database, and long enough to be looked at" * 9)

    assert database(report()) | {"version": ""} == {
        "alias": "default",
        "engine": "sqlite3",
        "vendor": "sqlite",
        "version": "",
        "reachable": False,
        "error": "file is not a database",
    }


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("time.sleep(600)", "no answer within 3 s"),
        ("raise base.Database.OperationalError('connection refused')", "connection refused"),
        ("raise NotImplementedError('server 9 is too old')", "server 9 is too old"),
    ],
)
def test_a_database_server_that_does_not_answer(
    project: Path, unchanged: Unchanged, body: str, error: str
) -> None:
    (project / "backend_away").mkdir()
    (project / "backend_away" / "__init__.py").touch()
    (project / "backend_away" / "base.py").write_text(BACKEND.format(body=body))
    settings(project, "DATABASES['away'] = {'ENGINE': 'backend_away', 'NAME': 'x'}")
    unchanged(project)
    workspace = open_path(project)
    trust.grant(workspace)
    workspace.network = True
    workspace.save()

    found = scan(workspace).report

    assert database(found, "away")["reachable"] is False
    assert database(found, "away")["error"] == error
    assert found["checks"]["default"] == []


def test_a_database_server_that_answers(project: Path) -> None:
    (project / "backend_away").mkdir()
    (project / "backend_away" / "__init__.py").touch()
    body = "return super().get_new_connection(params)"
    (project / "backend_away" / "base.py").write_text(BACKEND.format(body=body))
    file = project / "away.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE django_migrations (id INTEGER, app, name, applied)")
        connection.execute("INSERT INTO django_migrations VALUES (1, 'orders', '0001', NULL)")
    connection.close()
    settings(project, f"DATABASES['default'] = {{'ENGINE': 'backend_away', 'NAME': '{file}'}}")
    workspace = open_path(project)
    trust.grant(workspace)
    workspace.network = True
    workspace.save()

    found = scan(workspace).report

    assert database(found)["error"] is None
    assert database(found)["reachable"] is True
    assert found["migrations"]["unapplied"] > 0


def test_no_database_is_not_called_a_server(project: Path, report: Any) -> None:
    settings(project, "DATABASES = {}")

    assert database(report())["error"] == "the settings name no database for it"


def test_a_server_is_not_asked_without_the_network(project: Path, report: Any) -> None:
    (project / "backend_away").mkdir()
    (project / "backend_away" / "__init__.py").touch()
    (project / "backend_away" / "base.py").write_text(BACKEND.format(body="time.sleep(600)"))
    settings(project, "DATABASES['away'] = {'ENGINE': 'backend_away', 'NAME': 'x'}")

    away = database(report(), "away")

    assert away["reachable"] is None
    assert "allows no network" in away["error"]
