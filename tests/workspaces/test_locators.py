"""Each tool's environments where the tool itself puts them.

The hashes below were taken from environments that poetry, hatch, pdm and pipenv made.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.workspaces.environment import Environment
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.locators import (
    Locator,
    conda,
    hatch,
    on_path,
    pdm,
    pipenv,
    poetry,
    project_venv,
    pyenv,
    uv,
)
from inspector_app.workspaces.locators.folders import short_hash
from tests.workspaces.layouts import add_django, make_manage_py, make_venv


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory of its own, without what the tester's tools keep."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "WORKON_HOME", "PYENV_ROOT"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def shop(tmp_path: Path) -> Found:
    make_manage_py(tmp_path / "code" / "shop")
    return Found(tmp_path / "code" / "shop", Path("manage.py"))


def paths(locator: Locator, found: Found) -> list[Path]:
    return [environment.path for environment in locator(found)]


def only(locator: Locator, found: Found) -> Environment:
    [environment] = locator(found)
    return environment


def test_the_hashes_are_those_of_the_tools() -> None:
    folder = Path("/srv/My Shop")

    assert short_hash(folder) == "uJw6oFwr"
    assert short_hash(folder, "md5") == "epnw33J0"
    assert short_hash(folder / "Pipfile") == "9ew3JEVQ"


@pytest.mark.parametrize("name", [".venv", "venv", "env", "my python"])
def test_an_environment_in_the_project_is_found_by_any_name(shop: Found, name: str) -> None:
    python = make_venv(shop.root / name, django="5.2.4")

    assert paths(project_venv.locate, shop) == [python]


def test_the_usual_names_come_first(shop: Found) -> None:
    other = make_venv(shop.root / "a")
    usual = make_venv(shop.root / ".venv")

    assert paths(project_venv.locate, shop) == [usual, other]


def test_an_environment_at_the_repository_s_top_is_found(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    make_manage_py(repository / "backend" / "shop")
    (repository / ".git").mkdir()
    python = make_venv(repository / ".venv")
    make_venv(tmp_path / "unrelated")

    found = Found(repository / "backend" / "shop", Path("manage.py"))

    assert paths(project_venv.locate, found) == [python]


def test_without_a_repository_the_folder_around_is_the_last_one(shop: Found) -> None:
    beside = make_venv(shop.root.parent / "venv")
    make_venv(shop.root.parent.parent / "venv")

    environment = only(project_venv.locate, shop)

    assert (environment.path, environment.source) == (beside, "beside")


def test_an_environment_beside_the_project_by_another_name_is_somebody_else_s(shop: Found) -> None:
    make_venv(shop.root.parent / "blog-python", django="5.2.4")

    assert paths(project_venv.locate, shop) == []


def test_the_environment_that_a_project_is_installed_in_is_its_own(tmp_path: Path) -> None:
    python = make_venv(tmp_path / "tools" / "wagtail", django="5.2.4")
    make_venv(tmp_path / "tools" / "another")
    root = next((python.parent.parent / "lib").glob("python3*")) / "site-packages" / "demo"
    make_manage_py(root)

    environment = only(project_venv.locate, Found(root, Path("manage.py")))

    assert (environment.path, environment.source) == (python, "around")


def test_a_venv_folder_without_a_config_is_named_as_unusable(shop: Found) -> None:
    (shop.root / ".venv").mkdir()

    assert only(project_venv.locate, shop).problem == "it holds no Python executable"


def test_a_folder_called_env_is_not_taken_for_an_environment(shop: Found) -> None:
    (shop.root / "env").mkdir()

    assert paths(project_venv.locate, shop) == []


def test_poetry(shop: Found, home: Path) -> None:
    folder = home / ".cache" / "pypoetry" / "virtualenvs"
    python = make_venv(folder / f"shop-{short_hash(shop.root)}-py3.11", django="5.2.4")
    make_venv(folder / "shop-AAAAAAAA-py3.11", django="5.2.4")

    environment = only(poetry.locate, shop)

    assert (environment.path, environment.source) == (python, "poetry")
    assert environment.django == "5.2.4"


def test_hatch_gives_its_default_environment_first(shop: Found, home: Path) -> None:
    folder = home / ".local/share/hatch/env/virtual/shop" / short_hash(shop.root)
    docs = make_venv(folder / "docs")
    default = make_venv(folder / "shop")

    assert paths(hatch.locate, shop) == [default, docs]


def test_pipenv(shop: Found, home: Path) -> None:
    folder = home / ".local/share/virtualenvs"
    python = make_venv(folder / f"shop-{short_hash(shop.root / 'Pipfile')}")

    assert only(pipenv.locate, shop).path == python


def test_virtualenvwrapper_by_the_project_it_notes(shop: Found, home: Path) -> None:
    python = make_venv(home / ".virtualenvs" / "work")
    make_venv(home / ".virtualenvs" / "other")
    (home / ".virtualenvs" / "work" / ".project").write_text(f"{shop.root}\n")

    environment = only(pipenv.locate, shop)

    assert (environment.path, environment.source) == (python, "virtualenvwrapper")


def test_a_venv_file_points_at_an_environment_elsewhere(shop: Found, home: Path) -> None:
    python = make_venv(home / "pythons" / "shop")
    (shop.root / ".venv").write_text(str(home / "pythons" / "shop"))

    assert only(pipenv.locate, shop).path == python


def test_pdm_by_the_python_it_notes_and_by_hash(shop: Found, home: Path) -> None:
    noted = make_venv(home / "pythons" / "shop")
    (shop.root / ".pdm-python").write_text(str(noted))
    folder = home / ".local/share/pdm/venvs"
    hashed = make_venv(folder / f"shop-{short_hash(shop.root, 'md5')}-3.11")

    assert paths(pdm.locate, shop) == [noted, hashed]


def make_conda(folder: Path, version: str) -> Path:
    """What conda and pixi write, as far as it is read."""
    (folder / "conda-meta").mkdir(parents=True)
    (folder / "conda-meta" / f"python-{version}-h955ad1f_0.json").touch()
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(sys.executable)
    return folder / "bin" / "python"


def test_pixi(shop: Found) -> None:
    python = make_conda(shop.root / ".pixi" / "envs" / "default", "3.12.3")

    environment = only(conda.locate, shop)

    assert (environment.path, environment.source) == (python, "pixi")
    assert environment.python == "3.12.3"


def test_conda_by_the_name_in_environment_yml(shop: Found, home: Path) -> None:
    python = make_conda(home / "miniconda3" / "envs" / "shop-dev", "3.11.9")
    make_conda(home / "miniconda3" / "envs" / "other", "3.11.9")
    (shop.root / "environment.yml").write_text("name: shop-dev\ndependencies:\n  - django\n")

    assert only(conda.locate, shop).path == python


@pytest.mark.parametrize("named", ["3.12.1", "3.12"])
def test_pyenv_by_exact_version_or_series(shop: Found, home: Path, named: str) -> None:
    for version in ("3.12.0", "3.12.1", "3.11.7"):
        folder = home / ".pyenv" / "versions" / version
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "python").symlink_to(sys.executable)
    (shop.root / ".python-version").write_text(f"{named}\n")

    environment = only(pyenv.locate, shop)

    assert environment.path == home / ".pyenv/versions/3.12.1/bin/python"
    assert environment.python == "3.12.1"


def test_a_version_that_pyenv_has_not_installed_is_named(shop: Found) -> None:
    (shop.root / ".python-version").write_text("3.99.1\n")

    assert "3.99.1" in only(pyenv.locate, shop).problem


def test_a_python_version_file_is_no_way_out_of_pyenv_s_folder(shop: Found, home: Path) -> None:
    make_conda(home / "evil", "3.11.1")
    (shop.root / ".python-version").write_text("../../evil\n")

    assert paths(pyenv.locate, shop) == []


def test_the_first_python_on_path(
    shop: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = make_venv(tmp_path / "active", django="5.1.1")
    monkeypatch.setenv("PATH", f"{python.parent}:/usr/bin")

    environment = only(on_path.locate, shop)

    assert (environment.source, environment.django) == ("PATH", "5.1.1")


def test_a_python_of_the_system_is_read_beside_its_executable(
    shop: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = tmp_path / "usr"
    (prefix / "bin").mkdir(parents=True)
    (prefix / "bin" / "python3.11").write_text("#!/bin/false\n")
    (prefix / "bin" / "python3.11").chmod(0o755)
    (prefix / "bin" / "python3").symlink_to("python3.11")
    add_django(prefix / "lib" / "python3" / "dist-packages", "3.2.19")
    monkeypatch.setenv("PATH", str(prefix / "bin"))

    environment = only(on_path.locate, shop)

    assert (environment.python, environment.django) == ("3.11", "3.2.19")


def test_a_shim_of_pyenv_is_passed_over(
    shop: Found, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shims = home / ".pyenv" / "shims"
    shims.mkdir(parents=True)
    (shims / "python3").write_text("#!/bin/sh\n")
    (shims / "python3").chmod(0o755)
    monkeypatch.setenv("PATH", str(shims))

    assert paths(on_path.locate, shop) == []


def test_poetry_where_its_configuration_says(shop: Found, home: Path) -> None:
    name = f"shop-{short_hash(shop.root)}-py3.11"
    here = make_venv(shop.root.parent / "environments" / name)
    (shop.root / "poetry.toml").write_text(
        f"[virtualenvs]\npath = '{shop.root.parent / 'environments'}'\n"
    )
    usual = make_venv(home / ".cache" / "pypoetry" / "virtualenvs" / name)
    config = home / ".config" / "pypoetry" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[virtualenvs]\npath = '{cache-dir}/virtualenvs'\n")

    assert list(dict.fromkeys(paths(poetry.locate, shop))) == [here, usual]


@pytest.mark.parametrize("file", ["pyproject.toml", "hatch.toml"])
def test_hatch_where_the_project_says(shop: Found, file: str) -> None:
    python = make_venv(shop.root / "environments" / "here")
    table = "tool.hatch.envs.default" if file == "pyproject.toml" else "envs.default"
    (shop.root / file).write_text(f'[{table}]\npath = "environments/here"\n')

    environment = only(hatch.locate, shop)

    assert (environment.path, environment.source) == (python, "hatch")


def test_uv_where_its_variable_says(shop: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    python = make_venv(shop.root / "build" / "python")
    (shop.root / "uv.lock").touch()
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", "build/python")

    environment = only(uv.locate, shop)

    assert (environment.path, environment.source) == (python, "uv")


def test_a_member_of_a_uv_workspace_has_the_environment_of_the_whole(tmp_path: Path) -> None:
    (tmp_path / "mono" / ".git").mkdir(parents=True)
    make_manage_py(tmp_path / "mono" / "packages" / "shop")
    python = make_venv(tmp_path / "mono" / ".venv")

    found = Found(tmp_path / "mono" / "packages" / "shop", Path("manage.py"))

    assert paths(project_venv.locate, found) == [python]


def test_direnv_keeps_its_environment_in_a_hidden_folder(shop: Found) -> None:
    python = make_venv(shop.root / ".direnv" / "python-3.11")

    assert paths(project_venv.locate, shop) == [python]


def test_a_folder_of_direnv_that_nobody_may_read_holds_none(
    shop: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop.root / ".direnv").mkdir()
    entries = Path.iterdir

    def refused(folder: Path) -> Iterator[Path]:
        if folder.name == ".direnv":
            raise PermissionError(13, "Permission denied")
        return entries(folder)

    monkeypatch.setattr(Path, "iterdir", refused)

    assert list(project_venv.locate(shop)) == []


def test_an_environment_of_pyenv_virtualenv(shop: Found, home: Path) -> None:
    python = make_venv(home / ".pyenv" / "versions" / "shop", django="5.2.4")
    (shop.root / ".python-version").write_text("shop\n")

    environment = only(pyenv.locate, shop)

    assert (environment.path, environment.django) == (python, "5.2.4")


def test_conda_where_it_has_noted_an_environment(shop: Found, home: Path, tmp_path: Path) -> None:
    python = make_conda(tmp_path / "elsewhere" / "shop-dev", "3.12.1")
    (home / ".conda").mkdir()
    (home / ".conda" / "environments.txt").write_text(f"{python.parent.parent}\n")
    (shop.root / "environment.yml").write_text("name: shop-dev\n")

    assert only(conda.locate, shop).path == python


def test_python_and_python3_on_path_may_be_two(
    shop: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_venv(tmp_path / "first")
    second = make_venv(tmp_path / "second")
    (first.parent / "python").rename(first.parent / "kept")
    (first.parent / "python3").unlink()
    (first.parent / "kept").rename(first.parent / "python3")
    (second.parent / "python3").unlink()
    monkeypatch.setenv("PATH", f"{first.parent}:{second.parent}")

    found = {path.parent for path in paths(on_path.locate, shop)}

    assert found == {first.parent, second.parent}
