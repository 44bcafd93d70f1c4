from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.workspaces.environment import in_plain_sight, packages_of, read_venv
from tests.workspaces.layouts import add_django, make_venv


def test_a_real_environment_tells_its_versions_without_being_started(tmp_path: Path) -> None:
    python = make_venv(tmp_path / ".venv", django="5.2.4")
    # Were it started, it could not answer.
    python.unlink()
    python.write_text("#!/bin/false\n")
    python.chmod(0o755)

    environment = read_venv(tmp_path / ".venv", "project")

    assert environment.path == python
    assert environment.django == "5.2.4"
    assert environment.python.startswith("3.")
    assert environment.problem == ""


def test_an_environment_without_django_has_no_version_of_it(tmp_path: Path) -> None:
    python = make_venv(tmp_path / ".venv")
    for other in ("django_debug_toolbar-4.4.6", "djangorestframework-3.15.2"):
        (packages_of(python)[0] / f"{other}.dist-info").mkdir()

    assert read_venv(tmp_path / ".venv", "project").django == ""


@pytest.mark.parametrize(
    ("entry", "version"),
    [("Django-4.2.16.dist-info", "4.2.16"), ("Django-3.2.25-py3.8.egg-info", "3.2.25")],
)
def test_older_ways_of_installing_django_are_recognised(
    tmp_path: Path, entry: str, version: str
) -> None:
    python = make_venv(tmp_path / ".venv")
    (packages_of(python)[0] / entry).mkdir()

    assert read_venv(tmp_path / ".venv", "project").django == version


def test_what_virtualenv_and_uv_write_is_understood(tmp_path: Path) -> None:
    make_venv(tmp_path / ".venv")
    config = tmp_path / ".venv" / "pyvenv.cfg"

    config.write_text("home = /usr/bin\nversion_info = 3.12.1.final.0\n")
    assert read_venv(tmp_path / ".venv", "project").python == "3.12.1"
    config.write_text("home = /usr/bin\nuv = 0.5.1\nversion_info = 3.13.0\n")
    assert read_venv(tmp_path / ".venv", "project").python == "3.13.0"


def test_a_python_that_was_removed_is_named_by_where_the_link_led(tmp_path: Path) -> None:
    python = make_venv(tmp_path / ".venv", django="5.2.4")
    first_link = tmp_path / ".venv" / "bin" / "python3"
    first_link.unlink(missing_ok=True)
    python.unlink()
    python.symlink_to("python3")
    first_link.symlink_to("/opt/python3.99/bin/python3.99")

    environment = read_venv(tmp_path / ".venv", "project")

    assert environment.problem == (
        "its Python is a link to /opt/python3.99/bin/python3.99, which is gone"
    )


def test_links_in_a_circle_are_named(tmp_path: Path) -> None:
    python = make_venv(tmp_path / ".venv")
    python.unlink()
    python.symlink_to("python")

    assert "circle of links" in read_venv(tmp_path / ".venv", "project").problem


def test_an_environment_folder_that_is_a_broken_link_is_named(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(tmp_path / "gone")

    problem = read_venv(tmp_path / ".venv", "project").problem

    assert problem == f"it is a link to {tmp_path / 'gone'}, which is gone"


def test_an_environment_made_on_another_system_holds_no_python_for_this_one(
    tmp_path: Path,
) -> None:
    (tmp_path / ".venv" / "Scripts").mkdir(parents=True)
    (tmp_path / ".venv" / "Scripts" / "python.exe").touch()
    (tmp_path / ".venv" / "pyvenv.cfg").touch()

    assert "no Python executable" in read_venv(tmp_path / ".venv", "project").problem


def test_a_python_that_may_not_be_executed_is_named(tmp_path: Path) -> None:
    python = make_venv(tmp_path / ".venv")
    python.unlink()
    python.touch(mode=0o644)

    assert "may not be executed" in read_venv(tmp_path / ".venv", "project").problem


def test_system_packages_count_where_the_environment_sees_them(tmp_path: Path) -> None:
    base = make_venv(tmp_path / ".venv")
    alone = packages_of(base)
    shared = packages_of(make_venv(tmp_path / "shared", options=("--system-site-packages",)))

    assert len(alone) == 1
    assert len(shared) > 1


def test_folders_that_pth_files_name_are_searched_too(tmp_path: Path) -> None:
    python = make_venv(tmp_path / ".venv")
    packages = packages_of(python)[0]
    (tmp_path / "library").mkdir()
    (packages / "library.pth").write_text(f"{tmp_path / 'library'}\n/no/such/folder\n# note\n")
    add_django(tmp_path / "library", "5.1.3")

    assert packages_of(python) == [packages, tmp_path / "library"]
    assert read_venv(tmp_path / ".venv", "project").django == "5.1.3"


def test_an_import_hook_may_lead_anywhere(tmp_path: Path) -> None:
    packages = packages_of(make_venv(tmp_path / ".venv"))
    assert in_plain_sight(packages)

    (packages[0] / "__editable__.shop.pth").write_text("import __editable___shop_finder\n")
    assert not in_plain_sight(packages)


def test_nothing_is_in_plain_sight_where_nothing_is(tmp_path: Path) -> None:
    assert not in_plain_sight([tmp_path / "gone"])


def test_an_environment_whose_python_was_removed_is_named(tmp_path: Path) -> None:
    """Where its executable is a copy, only its configuration tells."""
    python = make_venv(tmp_path / ".venv", django="5.2.4", options=("--copies",))
    config = tmp_path / ".venv" / "pyvenv.cfg"
    lines = config.read_text().splitlines()
    lines = ["home = /opt/gone/bin" if line.startswith("home") else line for line in lines]
    config.write_text("\n".join(lines))

    environment = read_venv(tmp_path / ".venv", "project")

    assert environment.path == python
    assert environment.problem == (
        "the Python it was made from is gone: /opt/gone/bin does not exist"
    )


def test_a_python_too_old_for_its_django_is_named(tmp_path: Path) -> None:
    assert problem_of_django_5_2(tmp_path, "3.8.18") == (
        "its Python 3.8.18 does not suit its Django 5.2.4, which needs >=3.10"
    )


@pytest.mark.parametrize("version", ["3.10", "3.10.0", "3.13.1", ""])
def test_a_python_that_will_do_has_no_problem(tmp_path: Path, version: str) -> None:
    assert problem_of_django_5_2(tmp_path, version) == ""


def problem_of_django_5_2(tmp_path: Path, version: str) -> str:
    python = make_venv(tmp_path / ".venv", django="5.2.4")
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}\n")
    metadata = packages_of(python)[0] / "django-5.2.4.dist-info" / "METADATA"
    metadata.write_text("Name: Django\nVersion: 5.2.4\nRequires-Python: >=3.10\n")
    return read_venv(tmp_path / ".venv", "project").problem
