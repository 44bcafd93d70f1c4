"""Every kind of operation in the words of Django's own ``describe()``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scans.asking import read
from tests.scans.asking_source import ask, migrations
from tests.scans.edge import make_edge_project

SETTINGS = "edge.settings.dev"
EVERY = """
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

def forwards(apps, schema_editor):
    pass

class Migration(migrations.Migration):
    initial = True
    atomic = False
    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    run_before = [("reviews", "0001_initial")]
    operations = [
        migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel("Part", [], options={"proxy": True}, bases=("stock.shelf",)),
        migrations.AddField("shelf", "height", models.IntegerField(default=1)),
        migrations.AlterField(model_name="shelf", name="height", field=models.FloatField()),
        migrations.RenameField("shelf", "height", "width"),
        migrations.RenameModel("Shelf", "Rack"),
        migrations.AlterModelTable("rack", "racks"),
        migrations.AlterModelTable(name="rack", table=None),
        migrations.AlterUniqueTogether("rack", {("width", "id")}),
        migrations.AlterUniqueTogether(name="rack", unique_together=set()),
        migrations.AlterOrderWithRespectTo("rack", None),
        migrations.AlterModelOptions("rack", {"ordering": ["id"]}),
        migrations.AlterModelManagers("rack", []),
        migrations.AddIndex("rack", models.Index(fields=["width", "-id"], name="rack_index")),
        migrations.RenameIndex("rack", new_name="new", old_name="rack_index"),
        migrations.RenameIndex("rack", new_name="other", old_fields=("width", "id")),
        migrations.RemoveIndex("rack", "new"),
        migrations.AddConstraint("rack", models.UniqueConstraint(fields=["width"], name="one")),
        migrations.RemoveConstraint("rack", "one"),
        migrations.RunSQL("DROP TABLE racks", migrations.RunSQL.noop),
        migrations.RunSQL("SELECT 1"),
        migrations.RunPython(forwards, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(database_operations=[migrations.DeleteModel("Rack")]),
        migrations.RemoveField("rack", "width"),
        migrations.DeleteModel("Rack"),
    ]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_edge_project(tmp_path)
    folder = root / "stock" / "migrations"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "0001_initial.py").write_text(EVERY)
    return root


def test_all_is_told_as_django_tells_it(root: Path) -> None:
    said = ask(root, SETTINGS).said["migrations"]["stock.0001_initial"]

    assert migrations(read(root, SETTINGS))["stock.0001_initial"] == said


def test_what_takes_data_away_is_marked(root: Path) -> None:
    [migration] = read(root, SETTINGS).migrations.apps["stock"]

    assert [one["text"] for one in migration["operations"] if one["destructive"]] == [
        "Raw SQL operation",
        "Custom state/database change combination",
        "Remove field width from rack",
        "Delete model Rack",
    ]
    assert migration["initial"] is True


def test_operations_that_are_computed_are_said_to_be(root: Path) -> None:
    file = root / "stock" / "migrations" / "0001_initial.py"
    file.write_text(file.read_text().replace("operations = [", "operations = more() + ["))

    section = read(root, SETTINGS).sections["migrations"]

    assert "stock/migrations/0001_initial.py is computed in part" in section["notes"]


def test_a_dependency_that_is_not_there_is_said(root: Path) -> None:
    file = root / "stock" / "migrations" / "0002_more.py"
    file.write_text(
        "from django.db import migrations\nclass Migration(migrations.Migration):\n"
        "    dependencies = [('stock', '0001_gone')]\n"
    )

    notes = read(root, SETTINGS).sections["migrations"]["notes"]

    assert "stock/migrations/0002_more.py depends on stock.0001_gone, which is not there" in notes
