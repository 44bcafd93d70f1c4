"""Requirement and lock files of every tool, each line with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.workspaces.requirements.reading import read_requirements
from inspector_app.workspaces.requirements.versions import pip_specifier

Found = list[tuple[str, str, str, int]]


def read(root: Path, files: dict[str, str], base: str = ".") -> list[dict[str, Any]]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return [one.as_dict() for one in read_requirements(root, root / base)]


def short(found: list[dict[str, Any]]) -> Found:
    return [(one["name"], one["specifier"], one["group"], one["line"]) for one in found]


FILES: dict[str, tuple[str, str, Found]] = {
    "pip": (
        "requirements.txt",
        (
            "# A comment\nDjango>=4.2,<5  # why\n-i https://index/\n"
            "psycopg[binary]==3.1 ; python_version >= '3.8' --hash=sha256:00\n"
            "celery==5.3 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n"
            "-e git+https://host/x.git@main#egg=My_Package\n./local\nhttps://host/a.whl\n"
        ),
        [
            ("django", ">=4.2,<5", "", 2),
            ("psycopg", "==3.1", "", 4),
            ("celery", "==5.3", "", 5),
            ("my-package", "", "", 8),
        ],
    ),
    "pip for developers": ("requirements/dev.txt", "ruff\n", [("ruff", "", "dev", 1)]),
    "pip's inputs": ("requirements-test.in", "pytest>8\n", [("pytest", ">8", "test", 1)]),
    "PEP 621": (
        "pyproject.toml",
        (
            '[project]\nname = "x"\ndependencies = [\n  "Django~=5.2",\n]\n'
            '[project.optional-dependencies]\nfast = ["uvloop"]\n'
            '[dependency-groups]\ntest = ["pytest", {include-group = "x"}]\n'
        ),
        [
            ("django", "~=5.2", "", 4),
            ("uvloop", "", "fast", 7),
            ("pytest", "", "test", 9),
        ],
    ),
    "Poetry": (
        "pyproject.toml",
        (
            '[tool.poetry.dependencies]\npython = "^3.11"\nDjango = "^5.0"\n'
            'wagtail = {version = "~6.1", extras = ["x"]}\n'
            '[tool.poetry.group.dev.dependencies]\nruff = "*"\n'
        ),
        [("django", ">=5.0,<6", "", 3), ("wagtail", ">=6.1,<6.2", "", 4), ("ruff", "", "dev", 6)],
    ),
    "PDM": (
        "pyproject.toml",
        '[tool.pdm.dev-dependencies]\nlint = ["ruff>=0.5"]\n',
        [("ruff", ">=0.5", "lint", 2)],
    ),
    "Hatch": (
        "pyproject.toml",
        '[tool.hatch.envs.docs]\ndependencies = ["sphinx"]\n',
        [("sphinx", "", "docs", 2)],
    ),
    "setuptools": (
        "setup.cfg",
        "[options]\ninstall_requires =\n    Django>=3.2\n[options.extras_require]\nx =\n    six\n",
        [("django", ">=3.2", "", 3), ("six", "", "x", 6)],
    ),
    "an old setup": (
        "setup.py",
        "from setuptools import setup\nsetup(install_requires=['Django>2'])\n",
        [("django", ">2", "", 2)],
    ),
    "Pipenv": (
        "Pipfile",
        '[packages]\ndjango = "==4.2"\nsix = "*"\n[dev-packages]\npytest = "*"\n',
        [("django", "==4.2", "", 2), ("six", "", "", 3), ("pytest", "", "dev", 5)],
    ),
    "Pipenv's lock": (
        "Pipfile.lock",
        '{"_meta": {},\n"default": {\n"django": {"version": "==4.2.1"}},\n"develop": {}}\n',
        [("django", "==4.2.1", "", 3)],
    ),
    "uv's lock": (
        "uv.lock",
        (
            'version = 1\n[[package]]\nname = "asgiref"\nversion = "3.8"\n'
            'source = { registry = "x" }\n[package.metadata]\nname = "no"\nversion = "0"\n'
            '[[package]]\nname = "Django"\nversion = "5.0"\n'
        ),
        [("asgiref", "==3.8", "", 3), ("django", "==5.0", "", 10)],
    ),
    "conda": (
        "environment.yml",
        (
            "name: x\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.11\n"
            "  - numpy=1.26.4=py311\n  - conda-forge::pandas>=2\n  - pip:\n    - django==4.2\n"
        ),
        [("numpy", "==1.26.4", "", 6), ("pandas", ">=2", "", 7), ("django", "==4.2", "", 9)],
    ),
}


@pytest.mark.parametrize(("name", "text", "expected"), FILES.values(), ids=FILES.keys())
def test_a_file_of(tmp_path: Path, name: str, text: str, expected: Found) -> None:
    found = read(tmp_path, {name: text})

    assert short(found) == expected
    assert {one["file"] for one in found} == {name}
    assert {one["locked"] for one in found} == {name.endswith(".lock")}


def test_extras_markers_and_addresses_are_told(tmp_path: Path) -> None:
    text = "a[y,x]>1; python_version < '3.9'\nb @ https://host/b.whl\n"
    first, second = read(tmp_path, {"requirements.txt": text})

    assert (first["extras"], first["marker"]) == (["x", "y"], 'python_version < "3.9"')
    assert second["url"] == "https://host/b.whl"


def test_files_that_include_each_other_are_read_once(tmp_path: Path) -> None:
    files = {
        "requirements.txt": "-r requirements/more.txt\na\n",
        "requirements/more.txt": "-r ../requirements.txt\n-r sub/last.pip\nb\n",
        "requirements/sub/last.pip": "c\n",
    }

    assert sorted(one["name"] for one in read(tmp_path, files)) == ["a", "b", "c"]


def test_no_file_outside_of_the_project_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hidden\n")
    files = {"requirements.txt": "-r ../secret.txt\n-r ../inside/../../secret.txt\na\n"}

    assert [one["name"] for one in read(tmp_path / "inside", files)] == ["a"]


@pytest.mark.parametrize("name", [name for name, _, _ in FILES.values()])
@pytest.mark.parametrize("content", [b"\0\xff" * 500, b"[" * 5000, b"{" * 5000, b"= = =\n- -\n"])
def test_garbage_asks_for_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)

    assert read_requirements(tmp_path, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "specifier"),
    [
        ("^1.2.3", ">=1.2.3,<2"),
        ("^0.2.3", ">=0.2.3,<0.3"),
        ("^0.0.3", ">=0.0.3,<0.0.4"),
        ("~1.2.3", ">=1.2.3,<1.3"),
        ("~1", ">=1,<2"),
        ("1.2", "==1.2"),
        (">=1,<3", ">=1,<3"),
        ("*", ""),
        ("latest", ""),
    ],
)
def test_versions_in_pip_s_form(text: str, specifier: str) -> None:
    assert pip_specifier(text) == specifier
