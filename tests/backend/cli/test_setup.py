"""Choosing how a project is run, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.backend.cli.asking import djdesk
from tests.workspaces.layouts import make_manage_py, make_venv


def test_another_program_is_refused_as_a_python(project: Path) -> None:
    result = djdesk("inspect", project, "--python", "/bin/ls")

    assert result.returncode == 3
    assert "/bin/ls is not a Python" in result.stderr
    assert result.stdout == ""


def test_settings_and_env_file_are_used(project: Path) -> None:
    (project / "shop" / "other.py").write_text(
        "import os\nfrom .settings import *\nWANTED = os.environ['SHOP_WANTED']\n"
    )
    (project / "my.env").write_text("SHOP_WANTED=Zq4-value-of-the-env-file\n")
    arguments = ("run", project, "diffsettings", "--trust", "--settings", "shop.other")

    without = djdesk(*arguments)
    given = djdesk(*arguments, "--env-file", "my.env")

    assert "KeyError: 'SHOP_WANTED'" in without.stderr
    assert given.returncode == 0
    assert "WANTED = '[redacted: SHOP_WANTED]'" in given.stdout


def test_a_manage_py_is_named_where_there_are_several(tmp_path: Path) -> None:
    for name in ("shop", "blog"):
        make_manage_py(tmp_path / name)

    several = djdesk("inspect", tmp_path)
    named = djdesk("inspect", tmp_path, "--manage", "blog/manage.py", "--format", "json")

    assert several.returncode == 3
    assert str(tmp_path / "blog") in several.stderr
    assert json.loads(named.stdout)["project"]["manage_py"] == "blog/manage.py"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--env-file", "gone"], "bad_env_file"),
        (["--settings", "a b"], "bad_settings"),
        (["--manage", "gone.py"], "folder_missing"),
    ],
)
def test_what_is_not_there_is_refused(project: Path, options: list[str], code: str) -> None:
    result = djdesk("run", project, "check", "--trust", "--json", *options)

    assert result.returncode in (2, 3)
    assert json.loads(result.stdout)["error"]["code"] == code


def test_doctor_lists_every_candidate_with_what_it_has(project: Path) -> None:
    (project / "requirements.txt").write_text("Django==5.2.4\nhttpx\n")
    (project / ".env").write_text("SHOP_TOKEN=Zq4-never-shown\n")
    make_venv(project / ".venv", django="5.2.4")
    make_venv(project / "old", django="4.2.1")
    result = djdesk("doctor", project)
    lines = result.stdout.splitlines()

    used = next(line for line in lines if line.startswith(f"  * {project}/.venv/bin/python"))
    assert used.endswith("Django 5.2.4")
    lost = lines.index(next(line for line in lines if "/old/bin/python" in line))
    assert "It has Django 4.2.1, but requirements.txt:1 asks for Django==5.2.4." in lines[lost + 1]
    assert any("httpx missing (requirements.txt:2)" in line for line in lines)
    assert "  * shop.settings (manage.py:9)" in lines
    assert f"    {project}/.env: SHOP_TOKEN" in lines
    assert "Zq4-never-shown" not in result.stdout + result.stderr


def test_doctor_starts_the_interpreter_only_with_trust(project: Path) -> None:
    python = make_venv(project / ".venv", django="5.2.4")
    python.unlink()
    python.write_text("#!/bin/sh\necho nothing of a Python >&2\n")
    python.chmod(0o755)

    read = json.loads(djdesk("doctor", project, "--json").stdout)["project"]
    asked = json.loads(djdesk("doctor", project, "--trust", "--json").stdout)["project"]

    assert (read["interpreter"]["verified"], read["interpreter"]["problem"]) == (False, None)
    assert asked["interpreter"]["problem"]["code"] == "not_a_python"
    assert "nothing of a Python" in asked["interpreter"]["problem"]["message"]
