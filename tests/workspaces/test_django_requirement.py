from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector_app.workspaces.requirements.of_django import (
    DjangoRequirement,
    read_django_requirement,
)
from inspector_app.workspaces.versions import allows


def read(root: Path) -> DjangoRequirement | None:
    return read_django_requirement(root, root)


LOCKED = 'version = 1\n\n[[package]]\nname = "django"\nversion = "5.2.4"\n'


@pytest.mark.parametrize(
    ("file", "text", "wanted", "version", "line"),
    [
        ("requirements.txt", "gunicorn\nDjango==5.2.4\n", "Django==5.2.4", "5.2.4", 2),
        ("requirements.txt", "django[argon2]>=4.2,<5  # LTS\n", "Django>=4.2,<5", "", 1),
        ("requirements.txt", "django==5.2.4 \\\n  --hash=sha256:00\n", "Django==5.2.4", "5.2.4", 1),
        ("requirements.txt", "Django~=5.2; python_version>'3.9'\n", "Django~=5.2", "", 1),
        ("requirements.txt", "django\n", "Django", "", 1),
        ("requirements/base.txt", "Django>=5\n", "Django>=5", "", 1),
        ("setup.cfg", "[options]\ninstall_requires =\n    Django>=3.2\n", "Django>=3.2", "", 3),
        ("uv.lock", LOCKED, "Django==5.2.4", "5.2.4", 4),
        ("poetry.lock", LOCKED, "Django==5.2.4", "5.2.4", 4),
        (
            "Pipfile.lock",
            json.dumps({"default": {"django": {"version": "==4.2.1"}}}, indent=1),
            "Django==4.2.1",
            "4.2.1",
            3,
        ),
        ("Pipfile", '[packages]\nDjango = "~=4.2"\n', "Django~=4.2", "", 2),
        (
            "pyproject.toml",
            '[project]\ndependencies = [\n  "httpx",\n  "Django>=5.2,<5.3",\n]\n',
            "Django>=5.2,<5.3",
            "",
            4,
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = "^3.11"\ndjango = "^5.1"\n',
            "Django>=5.1,<6",
            "",
            3,
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\ndjango = {version = "~5.1", extras = ["x"]}\n',
            "Django>=5.1,<5.2",
            "",
            2,
        ),
    ],
)
def test_every_place_that_asks_for_django(
    tmp_path: Path, file: str, text: str, wanted: str, version: str, line: int
) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)

    assert read(tmp_path) == DjangoRequirement(wanted, version, file, line)


@pytest.mark.parametrize(
    "line", ["django-extensions==3.2", "djangorestframework", "# Django==1.0", "Django @ file:///x"]
)
def test_other_packages_and_addresses_are_not_django(tmp_path: Path, line: str) -> None:
    (tmp_path / "requirements.txt").write_text(line)

    assert read(tmp_path) is None


def test_a_lock_goes_before_a_range(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["Django>=5"]\n')
    (tmp_path / "uv.lock").write_text(LOCKED)

    requirement = read(tmp_path)

    assert requirement is not None
    assert requirement.place == "uv.lock:4"


def test_files_beside_manage_py_go_before_those_at_the_top(tmp_path: Path) -> None:
    (tmp_path / "backend").mkdir()
    (tmp_path / "requirements.txt").write_text("Django>=4\n")
    (tmp_path / "backend" / "requirements.txt").write_text("Django>=5\n")

    requirement = read_django_requirement(tmp_path, tmp_path / "backend")

    assert requirement is not None
    assert requirement.place == "backend/requirements.txt:1"


@pytest.mark.parametrize("content", [b"\xff\xfe\0", b"[[[[", b"{" * 10_000])
def test_broken_files_ask_for_nothing(tmp_path: Path, content: bytes) -> None:
    for file in ("pyproject.toml", "Pipfile", "Pipfile.lock", "uv.lock", "requirements.txt"):
        (tmp_path / file).write_bytes(content)

    assert read(tmp_path) is None


@pytest.mark.parametrize(
    ("specification", "version", "allowed"),
    [
        ("==5.2.4", "5.2.4", True),
        ("==5.2", "5.2.0", True),
        ("==5.2", "5.2.4", False),
        ("==5.2.*", "5.2.4", True),
        ("==5.1.*", "5.2.4", False),
        (">=5.2,<5.3", "5.2.19", True),
        (">=5.2.0", "5.2", True),
        ("<5.2", "5.2.0", False),
        (">=5,<6", "6.0a1", False),
        (">=5.2,<5.3", "5.3", False),
        ("~=5.2", "5.9", True),
        ("~=5.2", "6.0", False),
        ("~=5.2.1", "5.2.0", False),
        ("~=5.2.1", "5.2.9", True),
        ("!=5.2.3", "5.2.3", False),
        ("!=5.2.*", "5.2.3", False),
        (">4,<=6", "6.0", True),
        ("<5.2rc1", "5.1", True),
        ("", "5.2", True),
        ("what is this", "5.2", True),
        (">=5", "", True),
    ],
)
def test_which_versions_meet_a_requirement(specification: str, version: str, allowed: bool) -> None:
    assert allows(specification, version) is allowed
