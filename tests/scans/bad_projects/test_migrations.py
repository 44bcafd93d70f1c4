"""Migrations that contradict each other, or fail when they are loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_leaf_migrations(project: Path, report: Any) -> None:
    folder = project / "orders" / "migrations"
    for name in ("0001_left", "0001_right"):
        (folder / f"{name}.py").write_text(
            "from django.db import migrations\n"
            "class Migration(migrations.Migration):\n    dependencies = []\n"
        )

    found = report()

    leaves = ["0001_left", "0001_right"]
    assert found["migrations"]["conflicts"] == [{"app": "orders", "leaves": leaves}]
    assert found["sections"]["migrations"]["source"] == "runtime"
    assert "migration graph" in [one["id"] for one in found["findings"]]


def test_a_migration_that_depends_on_none_there_is(project: Path, report: Any) -> None:
    (project / "orders" / "migrations" / "0001_initial.py").write_text(
        "from django.db import migrations\n"
        "class Migration(migrations.Migration):\n    dependencies = [('orders', '0000_gone')]\n"
    )

    found = report()

    assert [one["name"] for one in found["migrations"]["apps"]["orders"]] == ["0001_initial"]
    [note] = found["sections"]["migrations"]["notes"]
    assert "0000_gone" in note


@pytest.mark.parametrize(
    "text",
    [
        "import os; os._exit(3)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import sys; sys.exit(3)",
    ],
)
def test_a_migration_that_ends_the_process_takes_nothing_else_with_it(
    project: Path, report: Any, text: str
) -> None:
    (project / "orders" / "migrations" / "0001_initial.py").write_text(text + "\n")

    found = report()

    told = {name for name, one in found["sections"].items() if one["source"] == "runtime"}
    assert {"models", "checks", "urls", "settings", "admin", "signals"} <= told
    assert found["sections"]["migrations"]["source"] == "static"
    assert found["findings"][0]["severity"] == "error"


def test_a_migration_that_raises_leaves_what_the_source_text_tells(
    project: Path, report: Any
) -> None:
    (project / "orders" / "migrations" / "0001_initial.py").write_text("import gone\n")

    found = report()

    section = found["sections"]["migrations"]
    assert section["source"] == "static"
    assert "No module named 'gone'" in section["error"]
    assert [one["name"] for one in found["migrations"]["apps"]["orders"]] == ["0001_initial"]


def test_a_migration_that_asks_the_database_hides_none_of_the_others(
    project: Path, report: Any
) -> None:
    folder = project / "orders" / "migrations"
    text = (
        "from django.db import connection, migrations\n"
        "{}\n"
        "class Migration(migrations.Migration):\n    dependencies = {}\n"
    )
    asking = "connection.cursor().execute('gone')"
    (folder / "0001_initial.py").write_text(text.format(asking, []))
    (folder / "0002_more.py").write_text(text.format("", [("orders", "0001_initial")]))

    found = report()

    names = ["0001_initial", "0002_more"]
    assert [one["name"] for one in found["migrations"]["apps"]["orders"]] == names
    assert found["sections"]["migrations"]["source"] == "static"
    first = found["findings"][0]
    assert first["id"] == "project_needs_database"
    assert (first["file"], first["line"]) == ("orders/migrations/0001_initial.py", 2)
    assert "migration graph" not in [one["id"] for one in found["findings"]]
