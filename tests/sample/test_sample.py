"""The sample as a user meets it: read-only, run by DJDesk's Python, and with true findings."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.models import WorkspaceTaskRun
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path, open_sample
from tests.environment import CHECKOUT
from tests.scans.asking import answer, ask_django, manage, read

ROOT = CHECKOUT / "inspector_app" / "sample" / "cyclery"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(ROOT, tmp_path / "cyclery", ignore=ignored))


@pytest.fixture
def read_only(copy: Path) -> Iterator[Path]:
    """As it lies where a package installed it."""
    paths = [copy, *copy.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield copy
    for path in paths:
        path.chmod(0o755)


def test_its_static_reading_is_what_django_says(copy: Path) -> None:
    settings = "cyclery.settings.dev"

    known, said = answer(read(copy, settings)), ask_django(copy, settings)

    for name in ("apps", "models", "fields", "relations", "migrations", "conflicts"):
        assert getattr(known, name) == getattr(said, name), name


def test_it_ships_no_database_and_no_compiled_file() -> None:
    shipped = {path.suffix for path in ROOT.rglob("*") if path.is_file()} - {".pyc"}

    assert shipped == {".py", ".md", ".txt", ".html"}


def test_its_migrations_are_complete(copy: Path) -> None:
    done = manage(copy, "makemigrations", "--check", "--dry-run", "--no-color")

    assert done.stdout == "No changes detected\n"


def test_its_migrations_make_a_database_where_one_is_named(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CYCLERY_DATABASE", "cyclery.sqlite3")

    assert manage(copy, "migrate", "-v0").returncode == 0
    assert (copy / "cyclery.sqlite3").stat().st_size
    assert "[ ]" not in manage(copy, "showmigrations").stdout


@pytest.mark.django_db(transaction=True)
def test_its_findings_are_those_that_it_was_made_with_each_with_its_place() -> None:
    workspace = open_sample()
    trust.grant(workspace)

    report = scan(workspace).report

    places = {one["id"]: (one["severity"], one["file"]) for one in report["findings"]}
    assert places == {
        "staticfiles.W004": ("warning", "cyclery/settings/base.py"),
        "urls.W002": ("warning", "parts/urls.py"),
        "fields.W340": ("warning", "parts/models.py"),
        "fields.W342": ("warning", "workshop/models.py"),
        "list_select_related": ("warning", "workshop/admin.py"),
        "check --deploy": ("info", "cyclery/settings/dev.py"),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("preset", "params", "says"),
    [
        ("check", {}, "System check identified 4 issues"),
        ("showmigrations", {}, "[ ] 0002_warranty"),
        (
            "sqlmigrate",
            {"app_label": "workshop", "migration_name": "0002_warranty"},
            'CREATE TABLE "workshop_warranty"',
        ),
        ("diffsettings", {}, "VAT_PERCENT = 20"),
    ],
)
def test_every_command_works_where_nothing_may_be_written(
    preset: str, params: dict[str, Any], says: str, read_only: Path, unchanged: Any
) -> None:
    unchanged(read_only)
    workspace = open_path(read_only)
    trust.grant(workspace)

    run = create_run(workspace, preset, params, enqueue=False)
    execute(run.pk)
    run.refresh_from_db()

    assert run.status == WorkspaceTaskRun.Status.SUCCEEDED, run.log.text()
    assert says in run.log.text()
    assert run.files_changed == []
