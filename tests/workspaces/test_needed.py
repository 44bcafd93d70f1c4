from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.workspaces.requirements.reading import needed


def read(folder: Path) -> list[tuple[str, str, str, int]]:
    return [(one.name, one.specifier, one.file, one.line) for one in needed(folder, folder)]


@pytest.mark.parametrize(
    ("file", "text", "wanted"),
    [
        ("requirements.txt", "Django>=5,<6  # LTS\n", ("django", ">=5,<6", 1)),
        ("requirements.txt", "\ncelery[redis]==5.4 ; python_version>'3'\n", ("celery", "==5.4", 2)),
        ("requirements.txt", "a==1 \\\n  --hash=sha256:00\n", ("a", "==1", 1)),
        ("requirements.txt", "Zope_Interface\n", ("zope-interface", "", 1)),
        ("requirements/base.txt", "x\n", ("x", "", 1)),
        ("requirements/production.txt", "x\n", ("x", "", 1)),
        ("requirements.in", "x\n", ("x", "", 1)),
        ("pyproject.toml", '[project]\ndependencies = [\n "b>2",\n]\n', ("b", ">2", 3)),
        ("pyproject.toml", '[tool.poetry.dependencies]\nb = "^1.2"\n', ("b", ">=1.2,<2", 2)),
        ("pyproject.toml", '[tool.poetry.dependencies]\nb = "^0.2.3"\n', ("b", ">=0.2.3,<0.3", 2)),
        ("pyproject.toml", '[tool.poetry.dependencies]\nb = "*"\n', ("b", "", 2)),
        ("pyproject.toml", '[project]\ndependencies = ["bb>1"]\n', ("bb", ">1", 2)),
        ("Pipfile", '[packages]\nb = "==1.0"\n', ("b", "==1.0", 2)),
        ("setup.cfg", "[options]\ninstall_requires =\n    b>=1\n    \n", ("b", ">=1", 3)),
    ],
)
def test_every_place_that_asks_for_something(
    tmp_path: Path, file: str, text: str, wanted: tuple[str, str, int]
) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    name, specifier, line = wanted

    assert read(tmp_path) == [(name, specifier, file, line)]


@pytest.mark.parametrize(
    "line",
    [
        "-e .",
        "./x.whl",
        "git+https://example.org/x.git",
        "--index-url https://x",
        "# a",
        "[",
    ],
)
def test_what_has_no_name_is_left_out(tmp_path: Path, line: str) -> None:
    (tmp_path / "requirements.txt").write_text(f"{line}\n")

    assert read(tmp_path) == []


def test_an_optional_dependency_is_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.poetry.dependencies]\nb = {version = "1", optional = true}\npython = "^3.11"\n'
    )

    assert read(tmp_path) == []


def test_files_that_are_taken_in_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.txt").write_text("-r more.txt\nDjango\n")
    (tmp_path / "requirements" / "more.txt").write_text("-r base.txt\nhttpx\n")

    assert [name for name, *_ in read(tmp_path)] == ["django", "httpx"]


def test_only_requirements_are_taken_in(tmp_path: Path) -> None:
    (tmp_path / "private").write_text("secret\n")
    (tmp_path / "requirements.txt").write_text("-r private\nDjango\n")

    assert [name for name, *_ in read(tmp_path)] == ["django"]


def test_requirements_for_development_are_another_matter(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.txt").write_text("Django\n")
    (tmp_path / "requirements" / "dev.txt").write_text("-r base.txt\npytest\n")

    assert [name for name, *_ in read(tmp_path)] == ["django"]


@pytest.mark.parametrize("content", [b"\xff\xfe\0", b"[[[[", b"=" * 10_000])
def test_broken_files_ask_for_nothing(tmp_path: Path, content: bytes) -> None:
    for file in ("pyproject.toml", "Pipfile", "setup.cfg", "requirements.txt"):
        (tmp_path / file).write_bytes(content)

    assert read(tmp_path) == []
