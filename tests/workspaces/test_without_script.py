"""Projects without manage.py, as libraries, packages and src layouts lie on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.errors import Problem
from inspector_app.workspaces.find import find_project
from inspector_app.workspaces.settings_module import read_settings_modules
from tests.workspaces.layouts import make_manage_py

SETTINGS = "INSTALLED_APPS = []\nSECRET_KEY = 'x'\n"
WSGI = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '{}')\n"


def make_package(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)


def test_a_library_is_known_by_the_settings_that_its_tests_use(tmp_path: Path) -> None:
    make_package(tmp_path / "src" / "shop", models="")
    make_package(tmp_path / "tests", settings=SETTINGS)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "tests.settings"\n'
    )

    found = find_project(tmp_path)

    assert (found.root, found.manage_py) == (tmp_path, None)
    assert found.python_path == (tmp_path, tmp_path / "src")
    assert [one.name for one in read_settings_modules(found)] == ["tests.settings"]


@pytest.mark.parametrize("opened", [".", "src", "src/shop", "src/shop/api"])
def test_a_src_layout_is_found_from_anywhere_in_it(tmp_path: Path, opened: str) -> None:
    make_package(tmp_path / "src" / "shop", wsgi=WSGI.format("shop.conf"), conf=SETTINGS)
    make_package(tmp_path / "src" / "shop" / "api")
    (tmp_path / "pyproject.toml").touch()

    found = find_project(tmp_path / opened)

    assert found.python_path == (tmp_path / "src",)
    assert found.manage_py is None
    assert read_settings_modules(found)[0].name == "shop.conf"


def test_the_manifest_around_a_src_layout_is_the_top(tmp_path: Path) -> None:
    make_package(tmp_path / "src" / "shop", settings=SETTINGS)
    (tmp_path / "pyproject.toml").touch()

    assert find_project(tmp_path / "src" / "shop").root == tmp_path


@pytest.mark.parametrize("module", ["base", "local", "__init__"])
def test_a_settings_package_is_enough(tmp_path: Path, module: str) -> None:
    package = tmp_path / "shop" / "settings"
    make_package(package, **{module: SETTINGS})
    (tmp_path / "shop" / "__init__.py").touch()

    found = find_project(tmp_path)

    assert (found.root, found.python_path) == (tmp_path, (tmp_path,))


def test_an_installed_package_is_a_project_of_its_own(tmp_path: Path) -> None:
    packages = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    make_package(packages / "shop", settings=SETTINGS)
    make_package(packages / "other", settings=SETTINGS)

    found = find_project(packages / "shop")

    assert (found.root, found.python_path) == (packages / "shop", (packages,))
    assert [one.name for one in read_settings_modules(found)] == ["shop.settings"]


def test_a_package_that_ships_settings_for_its_tests_only_is_known_by_them(tmp_path: Path) -> None:
    packages = tmp_path / "site-packages"
    make_package(packages / "shop" / "tests", test_settings=SETTINGS)
    (packages / "shop" / "__init__.py").touch()

    found = find_project(packages / "shop")

    assert (found.root, found.python_path) == (packages / "shop", (packages,))
    assert [one.name for one in read_settings_modules(found)] == ["shop.tests.test_settings"]


def test_settings_of_something_else_are_not_django_s(tmp_path: Path) -> None:
    make_package(tmp_path / "tool", settings="COLOUR = 'red'\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'tool'\n")

    with pytest.raises(Problem) as caught:
        find_project(tmp_path)

    assert caught.value.code == "no_project"
    assert "no file there names a settings module" in caught.value.message


def test_a_configuration_that_names_settings_nobody_has_is_not_a_project(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text("[tool:pytest]\nDJANGO_SETTINGS_MODULE = gone.settings\n")

    with pytest.raises(Problem):
        find_project(tmp_path)


def test_a_monorepo_offers_projects_of_both_kinds(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    make_package(tmp_path / "blog" / "src" / "blog", settings=SETTINGS)
    (tmp_path / "blog" / "pyproject.toml").touch()

    with pytest.raises(Problem) as caught:
        find_project(tmp_path)

    choices = {one.label: one.value for one in caught.value.choices}
    assert list(choices) == ["blog (no manage.py)", "shop"]
    assert find_project(Path(choices["blog (no manage.py)"])).manage_py is None


def test_a_manage_py_goes_before_settings_in_the_same_tree(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "backend")
    make_package(tmp_path / "backend" / "shop", settings=SETTINGS)
    make_package(tmp_path / "tests", settings=SETTINGS)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "tests.settings"\n'
    )

    assert find_project(tmp_path).manage_py == Path("backend/manage.py")
