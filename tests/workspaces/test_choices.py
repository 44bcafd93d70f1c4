"""What a user chose about a project: checked, remembered, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.workspaces.choices import Choices
from inspector_app.workspaces.opening import open_path, set_up
from tests.workspaces.layouts import make_manage_py, make_venv

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_manage_py(tmp_path / "shop", "shop.settings.dev")
    for name in ("dev", "production"):
        file = tmp_path / "shop" / "shop" / "settings" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return tmp_path / "shop"


def test_where_the_settings_are_named_is_kept(root: Path) -> None:
    workspace = open_path(root)

    assert (workspace.settings_module, workspace.settings_source) == (
        "shop.settings.dev",
        "manage.py:5",
    )


def test_chosen_settings_stay_until_they_are_taken_back(root: Path) -> None:
    open_path(root, settings_module="shop.settings.production")
    workspace = open_path(root)
    assert (workspace.settings_module, workspace.settings_source) == (
        "shop.settings.production",
        "chosen",
    )

    set_up(workspace, Choices(settings=""))

    assert open_path(root).settings_module == "shop.settings.dev"


def test_one_choice_leaves_the_others_alone(root: Path, tmp_path: Path) -> None:
    python = make_venv(tmp_path / "other", django="5.1")
    (root / ".env").write_text("A=1\n")
    workspace = open_path(root, python=str(python))
    set_up(workspace, Choices(settings="shop.settings.production"))
    set_up(workspace, Choices(env_files=[".env"]))

    workspace.refresh_from_db()
    assert workspace.interpreter == str(python)
    assert workspace.settings_module == "shop.settings.production"
    assert workspace.env_files == [str(root / ".env")]


def test_an_environment_may_be_named_by_its_folder(root: Path, tmp_path: Path) -> None:
    python = make_venv(tmp_path / "other", django="5.1")

    assert open_path(root, python=str(tmp_path / "other")).interpreter == str(python)
    assert open_path(root, python=str(python.parent)).interpreter == str(python)


def test_a_chosen_python_may_be_taken_back(root: Path, tmp_path: Path) -> None:
    usual = make_venv(root / ".venv", django="5.2.4")
    workspace = open_path(root, python=str(make_venv(tmp_path / "other", django="5.1")))

    set_up(workspace, Choices(python=""))

    assert (workspace.interpreter, workspace.interpreter_source) == (str(usual), "project")


def test_a_python_in_the_project_is_named_from_there(root: Path) -> None:
    python = make_venv(root / "env" / "here", django="5.2.4")

    assert open_path(root, python="env/here/bin/python").interpreter == str(python)


@pytest.mark.parametrize("python", ["/bin/ls", "/no/such/python", "/etc", "manage.py", "a\0b"])
def test_what_is_no_python_is_refused_with_a_sentence(root: Path, python: str) -> None:
    with pytest.raises(Problem) as caught:
        open_path(root, python=python)

    assert caught.value.field == "python"
    assert not Workspace.objects.exists()


def test_an_environment_that_is_broken_is_refused_with_why(root: Path, tmp_path: Path) -> None:
    python = make_venv(tmp_path / "other", django="5.1")
    config = tmp_path / "other" / "pyvenv.cfg"
    config.write_text(config.read_text().replace("home = ", "home = /opt/gone"))

    with pytest.raises(Problem) as caught:
        open_path(root, python=str(python))

    assert "the Python it was made from is gone: /opt/gone" in caught.value.message


def test_a_chosen_python_that_broke_is_looked_for_anew(root: Path, tmp_path: Path) -> None:
    usual = make_venv(root / ".venv", django="5.2.4")
    open_path(root, python=str(make_venv(tmp_path / "other", django="5.1")))
    config = tmp_path / "other" / "pyvenv.cfg"
    config.write_text(config.read_text().replace("home = ", "home = /opt/gone"))

    assert open_path(root).interpreter == str(usual)


def test_an_env_file_is_offered_and_never_taken_by_itself(root: Path) -> None:
    (root / ".env").write_text("A=1\n")

    assert open_path(root).env_files == []


@pytest.mark.parametrize("file", ["gone.env", "", "/etc", "manage.py/x", "a\0b", "empty.env"])
def test_what_is_no_env_file_is_refused(root: Path, file: str) -> None:
    (root / "empty.env").write_text("# nothing\n")

    with pytest.raises(Problem) as caught:
        open_path(root, env_files=[file])

    assert (caught.value.code, caught.value.field) == ("bad_env_file", "env_files")


def test_settings_that_a_chosen_env_file_names_go_before_those_of_manage_py(root: Path) -> None:
    (root / ".env").write_text("DJANGO_SETTINGS_MODULE=shop.settings.production\n")
    assert open_path(root).settings_module == "shop.settings.dev"

    workspace = open_path(root, env_files=[".env"])

    assert (workspace.settings_module, workspace.settings_source) == (
        "shop.settings.production",
        ".env:1",
    )


def test_of_several_projects_the_one_that_was_named_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "mono" / ".git").mkdir(parents=True)
    for name in ("shop", "blog"):
        make_manage_py(tmp_path / "mono" / name, f"{name}.settings")

    named = open_path(tmp_path / "mono", manage="shop/manage.py")
    again = open_path(tmp_path / "mono")

    assert again.pk == named.pk
    assert again.manage_py == "shop/manage.py"
    assert open_path(tmp_path / "mono", manage="blog/manage.py").settings_module == "blog.settings"
