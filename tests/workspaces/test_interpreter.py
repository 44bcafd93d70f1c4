from __future__ import annotations

import sys
from pathlib import Path

import django
import pytest

from inspector_app.errors import Problem
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.interpreter import (
    bundled_interpreter,
    choose_interpreter,
    command_prefix,
    named_interpreter,
)
from tests.workspaces.layouts import make_manage_py, make_venv, without_rights


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the tester's machine takes part."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "WORKON_HOME", "PYENV_ROOT"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def shop(tmp_path: Path) -> Found:
    make_manage_py(tmp_path / "shop")
    return Found(tmp_path / "shop", Path("manage.py"))


def on_path(folder: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> Path:
    python = make_venv(folder, django=version)
    monkeypatch.setenv("PATH", str(python.parent))
    return python.parent / "python3"


def test_the_project_s_environment_with_django_is_used_and_the_reason_said(shop: Found) -> None:
    python = make_venv(shop.root / ".venv", django="5.2.4")

    choice = choose_interpreter(shop)

    assert choice.chosen.path == python
    assert not choice.bundled
    assert choice.why == ".venv/bin/python (in the project folder) has Django 5.2.4."


def test_a_python_without_django_loses_to_one_with_it(
    shop: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_venv(shop.root / ".venv")
    other = on_path(tmp_path / "active", monkeypatch, "5.2.4")

    choice = choose_interpreter(shop)

    assert choice.chosen.path.parent == other.parent
    assert [why for _, why in choice.losers] == ["It has no Django installed."]


def test_the_project_s_environment_goes_before_the_path(
    shop: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = make_venv(shop.root / "venv", django="5.2.4")
    on_path(tmp_path / "active", monkeypatch, "5.2.4")

    choice = choose_interpreter(shop)

    assert choice.chosen.path == python
    assert "another one comes first" in choice.losers[0][1]


def test_the_django_that_is_asked_for_goes_before_the_first_one(shop: Found) -> None:
    make_venv(shop.root / ".venv", django="4.2.1")
    fitting = make_venv(shop.root / "venv", django="5.2.4")
    (shop.root / "requirements.txt").write_text("gunicorn\nDjango==5.2.4\n")

    choice = choose_interpreter(shop)

    assert choice.chosen.path == fitting
    assert choice.why.endswith("and requirements.txt:2 asks for Django==5.2.4.")
    assert choice.losers[0][1] == (
        "It has Django 4.2.1, but requirements.txt:2 asks for Django==5.2.4."
    )


def test_the_project_s_environment_is_used_even_with_another_django(shop: Found) -> None:
    make_venv(shop.root / ".venv", django="4.2.1")
    (shop.root / "requirements.txt").write_text("Django>=5\n")

    choice = choose_interpreter(shop)

    assert not choice.bundled
    assert "although requirements.txt:1 asks for Django>=5" in choice.why


def test_a_shared_python_with_another_django_is_not(
    shop: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_path(tmp_path / "active", monkeypatch, "3.2.19")
    (shop.root / "requirements.txt").write_text("Django>=5.2\n")

    choice = choose_interpreter(shop)

    assert choice.bundled
    assert choice.losers[0][1] == (
        "It has Django 3.2.19, but requirements.txt:1 asks for Django>=5.2."
    )


def test_without_any_django_the_bundled_python_stands_in(shop: Found) -> None:
    choice = choose_interpreter(shop)

    assert choice.bundled
    assert choice.chosen.source == "bundled"
    assert choice.chosen.django == django.get_version()
    assert choice.why == (
        "DJDesk's own Python stands in, because no Python of the project has Django installed."
    )


def test_a_bundled_django_that_is_not_asked_for_is_said(shop: Found) -> None:
    (shop.root / "requirements.txt").write_text("Django==3.2.19\n")

    why = choose_interpreter(shop).why

    assert f"It has Django {django.get_version()}" in why
    assert "requirements.txt:1 asks for Django==3.2.19, so results may differ" in why


def test_a_dangling_environment_is_named_and_loses(shop: Found) -> None:
    python = make_venv(shop.root / ".venv", django="5.2.4")
    python.unlink()
    python.symlink_to("/opt/gone/python3")

    choice = choose_interpreter(shop)

    assert choice.bundled
    assert ".venv/bin/python cannot be used: its Python is a link to /opt/gone" in choice.why
    assert choice.losers[0][1].startswith("Its Python is a link to /opt/gone/python3")


def test_an_environment_that_may_not_be_read_is_named_and_loses() -> None:
    with without_rights() as folder:
        make_manage_py(folder / "shop")
        (folder / "shop" / ".venv").mkdir(mode=0)
        choice = choose_interpreter(Found(folder / "shop", Path("manage.py")))

    assert choice.bundled
    assert choice.losers[0][1] == "It cannot be read: Permission denied."


def test_djdesk_s_own_environment_is_never_the_project_s(
    shop: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.prefix) / "bin"))

    choice = choose_interpreter(shop)

    assert choice.bundled
    assert choice.losers == []


def test_nothing_in_the_folder_is_executed(shop: Found, tmp_path: Path) -> None:
    python = make_venv(shop.root / ".venv", django="5.2.4")
    python.unlink()
    python.write_text(f"#!/bin/sh\ntouch {tmp_path / 'executed'}\n")
    python.chmod(0o755)

    choose_interpreter(shop)

    assert not (tmp_path / "executed").exists()


def test_a_named_interpreter_is_kept_as_named(tmp_path: Path) -> None:
    python = make_venv(tmp_path / "work", django="5.1.1")

    choice = named_interpreter(python)

    assert (choice.chosen.path, choice.chosen.source) == (python, "chosen")
    assert choice.chosen.django == "5.1.1"


def test_a_named_interpreter_is_shown_without_steps_back(tmp_path: Path) -> None:
    python = make_venv(tmp_path / "work", django="5.1.1")
    (tmp_path / "shop").mkdir()
    (tmp_path / "elsewhere" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "deep")
    make_venv(tmp_path / "elsewhere" / "work", django="4.2")
    last = python.relative_to(tmp_path)

    assert named_interpreter(tmp_path / "shop" / ".." / last).chosen.path == python
    # The system follows the link before it steps back.
    linked = named_interpreter(tmp_path / "link" / ".." / last)
    assert linked.chosen.django == "4.2"


def test_a_named_interpreter_must_be_one(tmp_path: Path) -> None:
    (tmp_path / "python").touch(mode=0o644)

    for path in (tmp_path / "python", tmp_path / "gone", tmp_path):
        with pytest.raises(Problem) as caught:
            named_interpreter(path)
        assert (caught.value.code, caught.value.field) == ("interpreter_missing", "python")


def test_the_bundled_python_is_this_one_from_source_and_a_mode_when_frozen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert bundled_interpreter() == [sys.executable]
    assert command_prefix("/x/python", bundled=False) == ["/x/python"]

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command_prefix("", bundled=True) == [sys.executable, "python"]


def test_a_python_that_the_project_does_not_support_loses(shop: Found) -> None:
    make_venv(shop.root / ".venv", django="5.2.4")
    (shop.root / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.9.1\n")
    fitting = make_venv(shop.root / "venv", django="5.2.4")
    (shop.root / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.11"\n')

    choice = choose_interpreter(shop)

    assert choice.chosen.path == fitting
    assert choice.losers[0][1] == "It is Python 3.9.1, but pyproject.toml:2 asks for >=3.11."


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = ">=3.11"\n'),
        ("setup.cfg", "[options]\npython_requires = >=3.11\n"),
    ],
)
def test_its_only_python_is_used_although_it_is_not_supported(
    shop: Found, file: str, text: str
) -> None:
    make_venv(shop.root / ".venv", django="5.2.4")
    (shop.root / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.9.1\n")
    (shop.root / file).write_text(text)

    choice = choose_interpreter(shop)

    assert not choice.bundled
    assert "its Python 3.9.1 is not >=3.11" in choice.why
    assert f"{file}:2 asks for" in choice.why
