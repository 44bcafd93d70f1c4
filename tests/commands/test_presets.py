"""What each preset prints of a real project, and what its exit code is said to mean."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inspector_app.commands.preset import GROUPS, Preset
from inspector_app.commands.presets import PRESETS
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.log import STDOUT
from tests.commands.everything import EVERYTHING
from tests.runs.project import executed, opened, when_loaded

pytestmark = pytest.mark.django_db(transaction=True)
Status = WorkspaceTaskRun.Status

MODEL = "from django.db import models\nclass Order(models.Model):\n    paid = models.{field}\n"
BROKEN = "ForeignKey('nowhere.Thing', models.CASCADE)"
MIGRATION = """\
from django.db import migrations, models
class Migration(migrations.Migration):
    initial = True
    operations = [migrations.CreateModel("Order", [
        ("id", models.BigAutoField(
            auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("paid", models.BooleanField(default=False)),
    ])]
"""


@pytest.fixture
def shop(project: Path) -> Workspace:
    """A project with a migrated database that holds one user."""
    (project / "orders" / "models.py").write_text(MODEL.format(field="BooleanField(default=False)"))
    (project / "orders" / "migrations" / "0001_initial.py").write_text(MIGRATION)
    code = (
        "import django; django.setup();"
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "from django.contrib.auth.models import User; User.objects.create(username='käthe')"
    )
    in_project(project, code)
    return opened(project)


def in_project(project: Path, code: str) -> None:
    """Run Python in a project, as its developer would."""
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "shop.settings", "PYTHONPATH": str(project)},
    )


def printed(run: WorkspaceTaskRun) -> str:
    assert run.status == Status.SUCCEEDED, run.log.text()
    assert run.files_changed == []
    return b"".join(run.log.stream(STDOUT)).decode()


@pytest.mark.parametrize("name", [name for name, preset in PRESETS.items() if not preset.rehearsal])
def test_a_preset_with_its_usual_parameters_changes_nothing(shop: Workspace, name: str) -> None:
    positionals = {one.name for one in PRESETS[name].parameters if one.positional}
    params = {key: value for key, value in EVERYTHING[name].items() if key in positionals}
    run = executed(shop, name, params=params)

    assert (run.status, run.exit_code) == (Status.SUCCEEDED, 0), run.log.text()
    assert run.files_changed == []


def test_dumpdata_prints_json_and_nothing_else(shop: Workspace) -> None:
    rows = json.loads(printed(executed(shop, "dumpdata", params={"app_labels": ["auth.User"]})))

    assert [row["fields"]["username"] for row in rows] == ["käthe"]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"exclude": ["auth", "contenttypes", "admin", "sessions"]}, "[]"),
        ({"app_labels": ["auth.user"], "pks": ["7"]}, "[]"),
        ({"app_labels": ["orders"], "format": "xml"}, '<?xml version="1.0" encoding="utf-8"?>'),
    ],
)
def test_dumpdata_prints_what_was_chosen(
    shop: Workspace, params: dict[str, Any], expected: str
) -> None:
    assert printed(executed(shop, "dumpdata", params=params)).startswith(expected)


def test_dumpdata_as_json_lines_with_natural_keys_has_no_primary_key(shop: Workspace) -> None:
    params = {
        "app_labels": ["auth.User"],
        "format": "jsonl",
        "natural_primary": True,
        "natural_foreign": True,
        "all": True,
    }
    lines = printed(executed(shop, "dumpdata", params=params)).splitlines()

    assert len(lines) == 1
    assert "pk" not in json.loads(lines[0])


def test_inspectdb_prints_models_that_compile(shop: Workspace) -> None:
    tree = ast.parse(printed(executed(shop, "inspectdb", params={"table": ["auth_user"]})))

    assert [node.name for node in tree.body if isinstance(node, ast.ClassDef)] == ["AuthUser"]


def test_sqlflush_prints_sql_and_the_rows_stay(shop: Workspace) -> None:
    assert 'DELETE FROM "auth_user";' in printed(executed(shop, "sqlflush"))
    assert "käthe" in printed(executed(shop, "dumpdata", params={"app_labels": ["auth.User"]}))


def test_migrate_prints_its_plan_and_applies_nothing(project: Path, shop: Workspace) -> None:
    second = MIGRATION.replace("initial = True", 'dependencies = [("orders", "0001_initial")]')
    second = second[: second.index("    operations")] + "    operations = []\n"
    (project / "orders" / "migrations" / "0002_more.py").write_text(second)
    plan = printed(executed(shop, "migrate", params={"app_label": "orders"}))

    assert "orders.0002_more" in plan
    shown = printed(executed(shop, "showmigrations", params={"app_labels": ["orders"]}))
    assert " [ ] 0002_more" in shown


def test_migrate_to_zero_plans_the_way_back(shop: Workspace) -> None:
    params = {"app_label": "orders", "migration_name": "zero"}

    assert "Undo Create model Order" in printed(executed(shop, "migrate", params=params))


@pytest.mark.parametrize("verbosity", [None, 3])
def test_missing_migrations_are_an_answer(
    project: Path, shop: Workspace, verbosity: int | None
) -> None:
    models = project / "orders" / "models.py"
    models.write_text(MODEL.format(field="BooleanField(default=True)"))
    run = executed(shop, "makemigrations", params={"verbosity": verbosity})

    assert (run.status, run.exit_code) == (Status.FAILED, 1)
    assert run.message == "Models have changes that no migration holds."
    assert sorted(path.name for path in (project / "orders" / "migrations").glob("0*")) == [
        "0001_initial.py"
    ]


def test_a_change_that_needs_an_answer_is_told_as_well(project: Path, shop: Workspace) -> None:
    text = MODEL.format(field="BooleanField(default=False)") + "    total = models.IntegerField()\n"
    (project / "orders" / "models.py").write_text(text)
    run = executed(shop, "makemigrations")

    assert (run.status, run.exit_code) == (Status.FAILED, 3)
    assert run.message == "Models have changes that no migration holds."
    assert "default" in run.hint


def test_a_renamed_field_asks_nobody(project: Path, shop: Workspace) -> None:
    text = MODEL.format(field="BooleanField(default=False)").replace("paid", "payed")
    (project / "orders" / "models.py").write_text(text)

    assert executed(shop, "makemigrations").message.startswith("Models have changes")


def test_no_missing_migration_needs_no_sentence(shop: Workspace) -> None:
    run = executed(shop, "makemigrations")

    assert (run.status, run.exit_code, run.message) == (Status.SUCCEEDED, 0, "")


def test_a_conflict_is_not_taken_for_missing_migrations(project: Path, shop: Workspace) -> None:
    (project / "orders" / "migrations" / "0001_other.py").write_text(MIGRATION)
    run = executed(shop, "makemigrations")

    assert (run.status, run.exit_code) == (Status.FAILED, 1)
    assert run.message.startswith("Two migrations of one app")


def test_a_crash_is_not_taken_for_an_answer(project: Path, shop: Workspace) -> None:
    when_loaded(project, "raise RuntimeError('Migrations for nobody')")
    run = executed(shop, "makemigrations")

    assert (run.status, run.exit_code) == (Status.FAILED, 1)
    assert run.message == "It ended with exit code 1; its output says why."


def test_issues_that_checks_find_are_an_answer(project: Path, shop: Workspace) -> None:
    (project / "orders" / "models.py").write_text(MODEL.format(field=BROKEN))
    run = executed(shop, "check")

    assert (run.status, run.exit_code) == (Status.FAILED, 1)
    assert run.message == "The checks found issues at the fail level or above it."


def test_a_failing_check_stops_only_what_looks_at_checks(project: Path, shop: Workspace) -> None:
    (project / "orders" / "models.py").write_text(MODEL.format(field=BROKEN))

    for name in ("showmigrations", "sqlflush", "inspectdb", "migrate"):
        assert executed(shop, name).status == Status.SUCCEEDED


def test_every_preset_is_in_a_group() -> None:
    assert {preset.group for preset in PRESETS.values()} < set(GROUPS)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_no_preset_has_an_option_that_writes_or_loads_code(preset: Preset) -> None:
    flags = {*preset.fixed, *(parameter.flag for parameter in preset.parameters)}
    forbidden = {"--settings", "--pythonpath", "--default"}
    if not preset.rehearsal:
        forbidden |= {"--fake", "--merge", "--update"}
    if preset.name != "diffsettings":
        # There it names a format, elsewhere a file.
        forbidden |= {"--output"}

    assert flags.isdisjoint(forbidden)
