"""Real projects, each with its own Python, run by the same road as any other."""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.rehearsals.result import load
from inspector_app.runs.log import STDOUT
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests.projects import MANAGE_PY, RealProject, nemo, wagtail
from tests.proving import require
from tests.runs.project import executed

pytestmark = [pytest.mark.projects, pytest.mark.django_db(transaction=True)]


SQL = ("sqlmigrate", {"app_label": "auth", "migration_name": "0001_initial"}, "CREATE TABLE")
OTHERS: list[tuple[str, dict[str, Any], str]] = [
    ("check", {}, "System check identified"),
    ("showmigrations", {"app_labels": ["auth"]}, "0001_initial"),
    ("diffsettings", {}, "INSTALLED_APPS"),
]


@pytest.mark.parametrize(
    ("make", "preset", "params", "expected"),
    [
        *((wagtail, *case) for case in (*OTHERS, SQL)),
        # NEMO's migrations lack a parent of one of them, which sqlmigrate does not forgive.
        *((nemo, *case) for case in OTHERS),
    ],
    ids=lambda value: getattr(value, "__name__", value) if not isinstance(value, dict) else "",
)
def test_every_preset_runs_in_a_real_project(
    make: Callable[[], RealProject], preset: str, params: dict[str, Any], expected: str
) -> None:
    project = make()
    workspace = open_path(
        project.root, settings_module=project.settings, python=str(project.python)
    )
    trust.grant(workspace)
    run = executed(workspace, preset, params=params)

    assert (run.status, run.exit_code) == (WorkspaceTaskRun.Status.SUCCEEDED, 0), run.log.text()
    assert expected in run.log.text()
    assert run.files_changed == []


# A real project's settings with a database in a file, whose tables are made without migrations.
SETTINGS = """\
from {settings} import *

DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": {database!r}}}}}


class _None:
    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


MIGRATION_MODULES = _None()
"""


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any], RealProject]:
    """A real project in a folder of its own, with all of its tables, made once."""

    @cache
    def make(project: Callable[[], RealProject]) -> RealProject:
        real = project()
        root = tmp_path_factory.mktemp(project.__name__)
        database = str(root / "db.sqlite3")
        (root / "with_tables.py").write_text(
            SETTINGS.format(settings=real.settings, database=database)
        )
        (root / "manage.py").write_text(MANAGE_PY.format(settings="with_tables"))
        subprocess.run(
            [str(real.python), "manage.py", "migrate", "--run-syncdb", "--skip-checks"],
            cwd=root,
            check=True,
            capture_output=True,
            env={"DJANGO_SETTINGS_MODULE": "with_tables"},
        )
        return RealProject(root, "with_tables", real.python)

    return make


@pytest.fixture(params=[wagtail, nemo], ids=lambda make: make.__name__)
def tables(request: pytest.FixtureRequest, databases: Callable[[Any], RealProject]) -> Workspace:
    project: RealProject = databases(request.param)
    workspace = open_path(
        project.root, settings_module=project.settings, python=str(project.python)
    )
    trust.grant(workspace)
    return workspace


def printed(workspace: Workspace, preset: str, **params: Any) -> str:
    run = executed(workspace, preset, params=params)
    assert (run.status, run.exit_code) == (WorkspaceTaskRun.Status.SUCCEEDED, 0), run.log.text()
    assert run.files_changed == []
    return b"".join(run.log.stream(STDOUT)).decode()


@pytest.mark.parametrize("form", ["json", "jsonl", "xml"])
def test_dumpdata_is_exactly_the_fixture(tables: Workspace, form: str) -> None:
    # One of NEMO's models has no table, which dumpdata does not forgive.
    exclude = ["NEMO.Policy"] if "nemo" in tables.slug else []
    text = printed(tables, "dumpdata", format=form, natural_foreign=True, all=True, exclude=exclude)

    if form == "json":
        assert "auth.permission" in {row["model"] for row in json.loads(text)}
    elif form == "jsonl":
        assert all(json.loads(line)["model"] for line in text.splitlines())
    else:
        assert text.rstrip().endswith("</django-objects>")


def test_inspectdb_prints_python(tables: Workspace) -> None:
    classes = [
        node
        for node in ast.parse(printed(tables, "inspectdb")).body
        if isinstance(node, ast.ClassDef)
    ]

    assert len(classes) > 50


def test_sqlflush_names_every_table_and_empties_none(tables: Workspace) -> None:
    path = Path(tables.root) / "db.sqlite3"
    before = path.read_bytes()
    statements = printed(tables, "sqlflush").splitlines()

    assert sum(line.startswith("DELETE FROM") for line in statements) > 50
    assert path.read_bytes() == before


def test_sqlsequencereset_has_nothing_to_reset_in_sqlite(tables: Workspace) -> None:
    assert printed(tables, "sqlsequencereset", app_labels=["auth"]).strip() == ""


@pytest.mark.parametrize("make", [wagtail, nemo])
def test_migrations_are_compared_with_the_models(make: Callable[[], RealProject]) -> None:
    project = make()
    workspace = open_path(
        project.root, settings_module=project.settings, python=str(project.python)
    )
    trust.grant(workspace)
    run = executed(workspace, "makemigrations")

    assert run.exit_code in (0, 1)
    assert run.exit_code == 0 or run.message, run.log.text()
    assert run.files_changed == []


@pytest.mark.parametrize("make", [wagtail, nemo])
def test_a_migration_is_rehearsed_and_the_tree_stays(
    databases: Callable[[Any], RealProject], make: Callable[[], RealProject]
) -> None:
    require("copy-on-write")
    project = databases(make)
    workspace = open_path(
        project.root, settings_module=project.settings, python=str(project.python)
    )
    trust.grant(workspace)
    before = hash_of(project.root)
    for preset, params in (
        ("check", {}),
        ("showmigrations", {}),
        ("dumpdata", {"app_labels": ["auth"]}),
        ("rehearse-migrate", {"run_syncdb": True}),
    ):
        run = executed(workspace, preset, params=params, tier="copy-on-write")
        assert (run.exit_code, run.tier) == (0, "copy-on-write"), run.log.text()
        assert run.files_changed == []
        assert hash_of(project.root) == before

    result = load(run.folder)
    assert result is not None
    assert [one["path"] for one in result.facts["databases"]] == []


@pytest.mark.parametrize("make", [wagtail, nemo])
def test_migrations_are_rehearsed_into_a_database_that_is_not_there(
    tmp_path: Path, make: Callable[[], RealProject]
) -> None:
    require("copy-on-write")
    real = make()
    settings = SETTINGS.format(settings=real.settings, database=str(tmp_path / "db.sqlite3"))
    # With their migrations, which have to run.
    (tmp_path / "with_tables.py").write_text(settings.partition("class _None")[0])
    (tmp_path / "manage.py").write_text(MANAGE_PY.format(settings="with_tables"))
    workspace = open_path(tmp_path, settings_module="with_tables", python=str(real.python))
    trust.grant(workspace)
    before = hash_of(tmp_path)
    params = {"app_label": "auth"}
    run = executed(workspace, "rehearse-migrate", params=params, tier="copy-on-write")

    assert (run.status, run.exit_code) == (WorkspaceTaskRun.Status.SUCCEEDED, 0), run.log.text()
    assert hash_of(tmp_path) == before
    result = load(run.folder)
    assert result is not None
    (database,) = result.facts["databases"]
    assert database["note"] == ""
    assert {"auth_group", "django_migrations"} <= {table["name"] for table in database["tables"]}
    assert {table["change"] for table in database["tables"]} == {"created"}


def hash_of(folder: Path) -> str:
    """Of every name, kind, mode, time and byte in the tree."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        found.update(f"{path}\0{about.st_mode}\0{about.st_mtime_ns}\0".encode())
        if path.is_symlink():
            found.update(bytes(path.readlink()))
        elif path.is_file():
            found.update(path.read_bytes())
    return found.hexdigest()
