"""Real commands, rehearsed in every tier that isolates, on projects that stay as they are."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from inspector_app.commands import registry
from inspector_app.commands.own import consent
from inspector_app.models import Workspace
from inspector_app.rehearsals.result import load
from tests.commands.own_project import offer_report
from tests.rehearsals.rehearsing import MODEL, by_path, patch, patched, rehearsed
from tests.runs.project import executed, opened
from tests.runs.test_snapshots import wait_as_long_as_it_takes

pytestmark = pytest.mark.django_db(transaction=True)

WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
turn = 0
while True:
    turn += 1
    connection.execute("INSERT INTO orders_order (paid) VALUES (1)")
    connection.execute("DELETE FROM orders_order")
    if turn == 1:
        print(flush=True)
"""

Unchanged = Callable[[Path], None]


def manage(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={"PYTHONDONTWRITEBYTECODE": "1"},
    )


def with_model(project: Path, field: str = "BooleanField(default=False)") -> Path:
    (project / "orders" / "models.py").write_text(MODEL.format(field=field))
    return project


def migrated(project: Path) -> Path:
    """With a model, its migration, and a database that has both."""
    with_model(project)
    for arguments in (["makemigrations"], ["migrate"]):
        done = manage(project, *arguments)
        assert done.returncode == 0, done.stderr
    return project


def test_a_rehearsed_migration_can_be_applied_as_a_patch(
    project: Path, tmp_path: Path, tier: str, unchanged: Unchanged
) -> None:
    workspace = opened(with_model(project))
    unchanged(project)
    result, run = rehearsed(workspace, "rehearse-makemigrations", tier=tier)

    assert run.tier == tier
    assert by_path(result)["orders/migrations/0001_initial.py"]["change"] == "created"
    copy = patched(project, patch(result, run), tmp_path / "copy")
    checked = manage(copy, "makemigrations", "--check", "--dry-run")
    assert (checked.returncode, checked.stdout) == (0, "No changes detected\n")


def test_an_update_of_a_migration_is_a_change_of_its_file(
    project: Path, tmp_path: Path, tier: str
) -> None:
    manage(with_model(project), "makemigrations")
    with_model(project, "CharField(max_length=3)")
    result, run = rehearsed(
        opened(project), "rehearse-makemigrations", params={"update": True}, tier=tier
    )

    copy = patched(project, patch(result, run), tmp_path / "copy")
    assert manage(copy, "makemigrations", "--check", "--dry-run").returncode == 0


def test_a_merge_joins_two_migrations(project: Path, tmp_path: Path, tier: str) -> None:
    manage(with_model(project), "makemigrations")
    folder = project / "orders" / "migrations"
    for number in ("a", "b"):
        (folder / f"0002_{number}.py").write_text(
            "from django.db import migrations\nclass Migration(migrations.Migration):\n"
            "    dependencies = [('orders', '0001_initial')]\n"
        )
    params = {"merge": True, "name": "joined"}
    result, run = rehearsed(opened(project), "rehearse-makemigrations", params=params, tier=tier)

    (path,) = by_path(result).keys() - {"db.sqlite3"}
    assert path == "orders/migrations/0003_joined.py"
    copy = patched(project, patch(result, run), tmp_path / "copy")
    assert manage(copy, "makemigrations", "--check", "--dry-run").returncode == 0


def test_migrate_shows_the_tables_that_change(
    project: Path, tier: str, unchanged: Unchanged
) -> None:
    migrated(project)
    with_model(project, "CharField(max_length=3, default='no', db_index=True)")
    manage(project, "makemigrations")
    workspace = opened(project)
    unchanged(project)
    result, _ = rehearsed(workspace, "rehearse-migrate", tier=tier)

    assert result.facts["files"] == []
    (database,) = result.facts["databases"]
    assert (database["path"], database["change"], database["note"]) == (
        "db.sqlite3",
        "modified",
        "",
    )
    tables = {table["name"]: table for table in database["tables"]}
    (column,) = tables["orders_order"]["columns"]
    assert (column["name"], column["before"], column["after"]) == (
        "paid",
        "bool NOT NULL",
        "varchar(3) NOT NULL",
    )
    assert [index["change"] for index in tables["orders_order"]["indexes"]] == ["created"]
    before, after = tables["django_migrations"]["rows"]
    assert (tables["django_migrations"]["change"], after - before) == ("rows", 1)
    assert database["unchanged"] > 5


def test_migrate_makes_a_database_where_there_is_none(
    project: Path, tier: str, unchanged: Unchanged
) -> None:
    workspace = opened(project)
    unchanged(project)
    result, _ = rehearsed(workspace, "rehearse-migrate", tier=tier)

    (database,) = result.facts["databases"]
    assert database["change"] == "created"
    tables = {table["name"]: table for table in database["tables"]}
    assert tables["auth_user"]["change"] == "created"
    assert "username" in {column["name"] for column in tables["auth_user"]["columns"]}


def test_migrating_backwards_drops_what_was_made(project: Path, tier: str) -> None:
    workspace = opened(migrated(project))
    params = {"app_label": "orders", "migration_name": "zero"}
    result, _ = rehearsed(workspace, "rehearse-migrate", params=params, tier=tier)

    tables = {table["name"]: table for table in result.facts["databases"][0]["tables"]}
    assert tables["orders_order"]["change"] == "dropped"


def test_a_faked_migration_changes_no_table(project: Path, tier: str) -> None:
    workspace = opened(migrated(project))
    params = {"app_label": "orders", "migration_name": "zero", "fake": True}
    result, _ = rehearsed(workspace, "rehearse-migrate", params=params, tier=tier)

    (table,) = result.facts["databases"][0]["tables"]
    assert (table["name"], table["change"]) == ("django_migrations", "rows")


@contextmanager
def busy(database: Path) -> Iterator[None]:
    """Somebody who writes to the database all the time."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            yield
        finally:
            writer.kill()


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_that_is_written_to_is_migrated_whole(
    project: Path, tier: str, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_as_long_as_it_takes(monkeypatch)
    database = migrated(project) / "db.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
    with_model(project, "CharField(max_length=3, default='no')")
    manage(project, "makemigrations")
    workspace = opened(project)
    with busy(database):
        facts = rehearsed_although_busy(workspace, tier)

    (found,) = facts["databases"]
    tables = {table["name"]: table for table in found["tables"]}
    assert [column["name"] for column in tables["orders_order"]["columns"]] == ["paid"]
    with closing(sqlite3.connect(database)) as connection:
        columns = connection.execute("SELECT type FROM pragma_table_info('orders_order')")
        assert ("bool",) in columns.fetchall()


def rehearsed_although_busy(workspace: Workspace, tier: str) -> dict[str, Any]:
    run = executed(workspace, "rehearse-migrate", tier=tier)
    assert run.exit_code == 0, (run.message, run.log.text())
    # What the writer did to the real file is not the command's doing, and it is said.
    assert {one["path"].partition("-")[0] for one in run.files_changed or []} <= {"db.sqlite3"}
    found = load(run.folder)
    assert found is not None
    return found.facts


def test_a_write_ahead_log_that_nobody_closed_is_part_of_the_database(
    project: Path, tier: str, unchanged: Unchanged
) -> None:
    database = migrated(project) / "db.sqlite3"
    code = (
        "import os, sqlite3; c = sqlite3.connect('db.sqlite3', isolation_level=None);"
        "c.execute('PRAGMA journal_mode=wal');"
        "c.execute('INSERT INTO orders_order (paid) VALUES (1)'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=project, check=True)
    assert database.with_name("db.sqlite3-wal").stat().st_size
    with_model(project, "CharField(max_length=3, default='no')")
    manage(project, "makemigrations")
    subprocess.run([sys.executable, "-c", code], cwd=project, check=True)
    workspace = opened(project)
    unchanged(project)
    result, _ = rehearsed(workspace, "rehearse-migrate", tier=tier)

    tables = {table["name"]: table for table in result.facts["databases"][0]["tables"]}
    assert tables["orders_order"]["rows"] == [2, 2]


def test_collectstatic_lists_what_it_would_copy(
    project: Path, tmp_path: Path, tier: str, unchanged: Unchanged
) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "\nSTATIC_ROOT = BASE_DIR / 'collected'\n")
    workspace = opened(project)
    unchanged(project)
    result, run = rehearsed(workspace, "rehearse-collectstatic", tier=tier)

    files = by_path(result)
    assert files["collected/admin/css/base.css"]["change"] == "created"
    assert files["collected/admin/css/base.css"]["patch"]
    assert len(files) > 100
    copy = patched(project, patch(result, run), tmp_path / "copy")
    assert "body" in (copy / "collected/admin/css/base.css").read_text()


def test_collectstatic_leaves_out_what_is_ignored(project: Path, tier: str) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "\nSTATIC_ROOT = BASE_DIR / 'collected'\n")
    params = {"ignore_patterns": ["*.css", "*.js", "*.svg"]}
    result, _ = rehearsed(opened(project), "rehearse-collectstatic", params=params, tier=tier)

    assert not any(path.endswith((".css", ".js", ".svg")) for path in by_path(result))
    assert by_path(result)


def test_an_own_command_is_rehearsed(
    project: Path, tmp_path: Path, tier: str, unchanged: Unchanged
) -> None:
    workspace = opened(offer_report(project))
    preset = registry.get("report", workspace)
    consent.grant(workspace, preset, preset.digest)
    unchanged(project)
    result, run = rehearsed(workspace, "report", params={"days": 3}, tier=tier)

    assert by_path(result)["report.txt"]["change"] == "created"
    copy = patched(project, patch(result, run), tmp_path / "copy")
    assert (copy / "report.txt").read_text() == "x"
