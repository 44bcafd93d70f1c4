"""A project without manage.py is run as python -m django, and its command line says how."""

from __future__ import annotations

from pathlib import Path

import django
import pytest

from inspector_app.commands.argv import display, from_command
from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.workspaces import trust
from inspector_app.workspaces.environment import packages_of
from inspector_app.workspaces.opening import open_path
from tests.workspaces.layouts import make_venv

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def library(tmp_path: Path) -> Workspace:
    """A src layout: the app in src, its settings for tests at the top."""
    root = tmp_path / "library"
    for package in ("src/shop", "tests"):
        (root / package).mkdir(parents=True)
        (root / package / "__init__.py").touch()
    (root / "src" / "shop" / "models.py").write_text(
        "from django.db import models\n\n\nclass Order(models.Model):\n    class Meta:\n"
        "        app_label = 'shop'\n"
    )
    (root / "tests" / "settings.py").write_text(
        "INSTALLED_APPS = ['shop']\nSECRET_KEY = 'x'\nDEFAULT_AUTO_FIELD = "
        "'django.db.models.AutoField'\n"
    )
    (root / "setup.cfg").write_text("[tool:pytest]\nDJANGO_SETTINGS_MODULE = tests.settings\n")
    workspace = open_path(root)
    trust.grant(workspace)
    return workspace


def test_its_commands_find_settings_and_packages(library: Workspace) -> None:
    run = create_run(library, "check", {}, enqueue=False)
    execute(run.pk)
    run.refresh_from_db()

    assert (run.exit_code, run.files_changed) == (0, [])
    assert run.argv[1:4] == ["-m", "django", "check"]


def test_its_command_line_can_be_typed_as_it_is_shown(library: Workspace) -> None:
    run = create_run(library, "check", {}, enqueue=False)

    shown = display(run.argv, library)

    assert shown[:2] == ["PYTHONPATH=.:src", "DJANGO_SETTINGS_MODULE=tests.settings"]
    assert shown[3:] == ["-m", "django", "check", "--no-color"]
    assert from_command(run.argv, library) == ["check", "--no-color"]


def test_its_apps_are_read_as_its_own(library: Workspace) -> None:
    scan = library.scans.filter(state="done").first()
    assert scan is not None
    [app] = scan.report["apps"]

    assert (app["label"], app["path"]) == ("shop", "src/shop")
    assert [model["name"] for model in app["models"]] == ["Order"]


def test_without_settings_nothing_can_be_run(library: Workspace) -> None:
    library.settings_module = ""
    library.save()

    with pytest.raises(Problem) as caught:
        create_run(library, "check", {})

    assert caught.value.code == "no_settings"


def test_an_installed_package_is_not_run_among_its_own_modules(tmp_path: Path) -> None:
    """One of them may be called like one of Python's."""
    python = make_venv(tmp_path / "venv", django="5.2")
    packages = packages_of(python)[0]
    (packages / "django").symlink_to(Path(django.__file__).parent)
    for name in ("asgiref", "sqlparse"):
        (packages / name).symlink_to(Path(django.__file__).parents[1] / name)
    package = packages / "shop"
    package.mkdir()
    for name in ("__init__.py", "typing.py"):
        (package / name).touch()
    (package / "settings.py").write_text("INSTALLED_APPS = ['shop']\nSECRET_KEY = 'x'\n")
    workspace = open_path(package)
    trust.grant(workspace)

    run = create_run(workspace, "check", {}, enqueue=False)
    execute(run.pk)
    run.refresh_from_db()

    assert (run.exit_code, run.files_changed) == (0, [])
    assert display(run.argv, workspace)[0] == "DJANGO_SETTINGS_MODULE=shop.settings"
    assert str(python) in display(run.argv, workspace)
