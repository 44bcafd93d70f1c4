"""DJDesk's own Python stands in only where it can import the project's apps."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.errors import Problem
from inspector_app.runs.create import create_run
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests.workspaces.layouts import make_manage_py

pytestmark = pytest.mark.django_db(transaction=True)


def problem_of(tmp_path: Path, settings: str) -> str:
    make_manage_py(tmp_path / "shop", "settings")
    (tmp_path / "shop" / "settings.py").write_text(settings)
    workspace = open_path(tmp_path / "shop")
    assert workspace.bundled
    return workspace.interpreter_problem["message"] if workspace.interpreter_problem else ""


def test_django_s_own_apps_and_the_project_s_can_be_imported(tmp_path: Path) -> None:
    (tmp_path / "shop" / "orders").mkdir(parents=True)
    (tmp_path / "shop" / "orders" / "__init__.py").touch()

    assert problem_of(tmp_path, "INSTALLED_APPS = ['django.contrib.auth', 'orders']\n") == ""


@pytest.mark.parametrize(
    "settings",
    [
        "INSTALLED_APPS = ['no_such_app']\n",
        "INSTALLED_APPS = ['no_such_app.apps.Config']\n",
        "import no_such_app\nINSTALLED_APPS = []\n",
        "from no_such_app.env import Env\nINSTALLED_APPS = []\n",
    ],
)
def test_what_it_lacks_is_named(tmp_path: Path, settings: str) -> None:
    assert "because it has no no_such_app" in problem_of(tmp_path, settings)


@pytest.mark.parametrize(
    "settings",
    [
        "try:\n    import no_such_app\nexcept ImportError:\n    pass\nINSTALLED_APPS = []\n",
        "if False:\n    import no_such_app\nINSTALLED_APPS = []\n",
        "from .local import *\nINSTALLED_APPS = []\n",
        "import json, os.path\nINSTALLED_APPS = []\n",
    ],
)
def test_what_may_be_missing_does_not_count(tmp_path: Path, settings: str) -> None:
    assert problem_of(tmp_path, settings) == ""


def test_the_packages_of_djdesk_are_not_the_project_s(tmp_path: Path) -> None:
    assert "backend" in problem_of(tmp_path, "INSTALLED_APPS = ['backend.shop']\n")


def test_nothing_is_run_then_and_the_project_is_still_read(tmp_path: Path) -> None:
    problem_of(tmp_path, "INSTALLED_APPS = ['no_such_app']\n")
    workspace = open_path(tmp_path / "shop")
    trust.grant(workspace)

    with pytest.raises(Problem) as caught:
        create_run(workspace, "check", {})

    assert caught.value.code == "no_interpreter"
    assert "Project setup" in caught.value.hint
    report = workspace.scans.get(state="done", pk=workspace.scans.first().pk).report  # type: ignore[union-attr]
    assert report["apps"][0]["name"] == "no_such_app"
