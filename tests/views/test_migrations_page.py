"""The migrations page of a real project with a real database."""

from __future__ import annotations

from pathlib import Path

from tests.scans.asking import manage
from tests.serving import Served

from .reading import text_of

FIRST = """\
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0001_initial")]
    operations = [
        migrations.CreateModel(
            "Order",
            [("id", models.AutoField(primary_key=True)), ("note", models.TextField())],
        ),
    ]
"""
SECOND = """\
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("orders", "0001_initial")]
    operations = [migrations.RemoveField("order", "note")]
"""


def open_shop(served: Served, project: Path, *, applied: str = "") -> str:
    folder = project / "orders" / "migrations"
    (folder / "0001_initial.py").write_text(FIRST)
    if applied:
        manage(project, "migrate", "orders", applied).check_returncode()
    (folder / "0002_drop.py").write_text(SECOND)
    return served.open_trusted(project)


def test_what_is_applied_is_told_per_migration(served: Served, project: Path) -> None:
    slug = open_shop(served, project, applied="0001_initial")

    text = text_of(served, f"/w/{slug}/migrations/?app=orders")

    assert "0002_drop drops unapplied" in text
    assert "0001_initial applied" in text
    assert "unapplied on default" in text
    assert "unapplied" in text_of(served, f"/w/{slug}/urls/")  # in the sidebar


def test_one_migration_is_shown_with_what_it_does_and_needs(served: Served, project: Path) -> None:
    slug = open_shop(served, project, applied="0001_initial")

    text = text_of(served, f"/w/{slug}/migrations/?app=orders&name=orders.0002_drop")

    assert "File orders/migrations/ 0002_drop.py:" in text
    assert "Depends on orders 0001_initial" in text
    assert "no, it can stop half way" in text
    assert "1 RemoveField Remove field note from order drops data" in text


def test_without_a_database_nothing_is_called_unapplied(served: Served, project: Path) -> None:
    served.open_first_page()
    (project / "orders" / "migrations" / "0001_initial.py").write_text(FIRST)
    served.post("/api/workspaces/", {"path": str(project)})

    text = text_of(served, f"/w/{project.name}/migrations/")

    assert "0001_initial unknown" in text
    assert "not known whether applied" in text
    assert "which of them are applied is not known" in text


def test_a_filter_looks_in_all_apps(served: Served, project: Path) -> None:
    slug = open_shop(served, project)

    text = text_of(served, f"/w/{slug}/migrations/?q=auth.0001")
    none = text_of(served, f"/w/{slug}/migrations/?q=nothing")

    assert "auth. 0001_initial" in text
    assert "orders. 0001_initial" not in text
    assert "No app fits. Clear the filter" in none


def test_two_leaves_are_a_conflict(served: Served, project: Path) -> None:
    (project / "orders" / "migrations" / "0002_other.py").write_text(SECOND)
    slug = open_shop(served, project)

    text = text_of(served, f"/w/{slug}/migrations/")

    assert "orders has 2 leaf migrations, 0002_drop and 0002_other . migrate stops" in text
    assert "0002_other leaf" in text


def test_changes_without_a_migration_are_listed(served: Served, project: Path) -> None:
    (project / "orders" / "models.py").write_text(
        "from django.db import models\n\n\nclass Basket(models.Model):\n    pass\n"
    )
    slug = served.open_trusted(project)

    text = text_of(served, f"/w/{slug}/migrations/")

    assert "1 change in models has no migration yet. orders Create model Basket" in text


def test_the_graph_and_its_table_have_the_same(served: Served, project: Path) -> None:
    slug = open_shop(served, project, applied="0001_initial")

    _, page = served.get(f"/w/{slug}/migrations/?app=orders&view=graph")

    for state in ("applied", "unapplied"):
        assert page.decode().count(f'<circle class="{state}"') == 1
    text = text_of(served, f"/w/{slug}/migrations/?app=orders&view=graph")
    assert "0001_initial applied auth 0001_initial 0002_drop" in text


def test_names_of_the_project_are_text(served: Served, project: Path) -> None:
    folder = project / "orders" / "migrations"
    (folder / "0001_<img src=x>.py").write_text(FIRST)
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    for view in ("", "?view=graph&app=orders"):
        _, page = served.get(f"/w/{project.name}/migrations/{view}")
        assert b"0001_&lt;img" in page
        assert b"<img" not in page
