"""What an environment has, compared with what a project asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.workspaces.comparison import Comparison, compare
from inspector_app.workspaces.environment import packages_of
from inspector_app.workspaces.requirements.reading import needed
from tests.workspaces.layouts import make_venv


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with Django 5.2.4, Pillow 11.0.0 and zope.interface 7.2."""
    python = make_venv(tmp_path_factory.mktemp("made") / "venv", django="5.2.4")
    for name in ("pillow-11.0.0", "zope_interface-7.2"):
        (packages_of(python)[0] / f"{name}.dist-info").mkdir()
    return python


def comparison(tmp_path: Path, python: Path, text: str, version: str = "3.11.2") -> Comparison:
    (tmp_path / "requirements.txt").write_text(text)
    return compare(needed(tmp_path, tmp_path), python, version)


def test_requirements_that_are_there_are_met(tmp_path: Path, python: Path) -> None:
    found = comparison(tmp_path, python, "Django>=5\nPillow\nzope.interface~=7.0\n")

    assert (found.asked, found.met) == (3, True)


def test_what_is_missing_and_what_is_another_version_is_named(tmp_path: Path, python: Path) -> None:
    found = comparison(tmp_path, python, "Django==4.2.1\nPillow\nhttpx\n")

    assert found.met is False
    assert [(one.name, one.line) for one in found.missing] == [("httpx", 3)]
    assert [(one.specifier, version) for one, version in found.other] == [("==4.2.1", "5.2.4")]


@pytest.mark.parametrize(
    ("marker", "met"),
    [
        ("python_version < '3.9'", True),
        ("python_version >= '3.9'", False),
        ("sys_platform == 'win32'", True),
        ("extra == 'docs'", True),
    ],
)
def test_a_requirement_for_other_machines_is_not_asked_for(
    tmp_path: Path, python: Path, marker: str, met: bool
) -> None:
    assert comparison(tmp_path, python, f"Django\nhttpx; {marker}\n").met is met


def test_the_version_of_that_python_counts_and_not_ours(tmp_path: Path, python: Path) -> None:
    text = "httpx; python_version < '3.9'\n"

    assert comparison(tmp_path, python, text, "3.8.18").met is False


def test_without_requirements_nothing_is_known(tmp_path: Path, python: Path) -> None:
    assert comparison(tmp_path, python, "# nothing\n").met is None


def test_what_several_files_ask_for_counts_once(tmp_path: Path, python: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["httpx", "Django>=5"]\n')

    found = comparison(tmp_path, python, "httpx\nDjango==5.2.4\n")

    assert (found.asked, [one.file for one in found.missing]) == (2, ["pyproject.toml"])
