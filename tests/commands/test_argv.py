from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from inspector_app.commands import argv, registry
from inspector_app.models import Workspace


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(root="/p", manage_py="src/manage.py", interpreter="/p/.venv/bin/python")


@pytest.mark.parametrize(
    ("preset", "params", "expected"),
    [
        ("check", {}, ["check", "--no-color"]),
        (
            "check",
            {"app_labels": ["a", "b"], "deploy": True, "tags": ["security"], "verbosity": 2},
            [
                "check",
                "--no-color",
                *("--tag", "security", "--deploy", "--verbosity", "2"),
                *("--", "a", "b"),
            ],
        ),
        (
            "showmigrations",
            {"plan": True},
            ["showmigrations", "--no-color", "--skip-checks", "--plan"],
        ),
        (
            "diffsettings",
            {"output": "unified"},
            ["diffsettings", "--no-color", "--output", "unified"],
        ),
        (
            "sqlmigrate",
            {"app_label": "a", "migration_name": "0001", "backwards": True},
            ["sqlmigrate", "--no-color", "--skip-checks", "--backwards", "--", "a", "0001"],
        ),
    ],
)
def test_the_command_line_holds_fixed_parts_options_and_positionals(
    workspace: Workspace, preset: str, params: dict[str, Any], expected: list[str]
) -> None:
    built = argv.build(registry.get(preset, workspace), params, workspace)

    assert built == ["/p/.venv/bin/python", "manage.py", *expected]


def test_people_see_the_interpreter_relative_to_the_project(workspace: Workspace) -> None:
    built = argv.build(registry.get("check", workspace), {}, workspace)

    assert argv.display(built, workspace)[:3] == [".venv/bin/python", "manage.py", "check"]


@pytest.mark.parametrize(
    ("preset", "params"),
    [
        ("check", {"app_labels": ["orders"], "tags": ["models"], "verbosity": 2}),
        ("showmigrations", {"app_labels": ["orders"], "plan": True}),
        ("diffsettings", {"all": True, "output": "unified"}),
        ("sqlmigrate", {"app_label": "auth", "migration_name": "0001"}),
    ],
)
def test_django_itself_accepts_what_is_built(
    project: Path, preset: str, params: dict[str, Any]
) -> None:
    workspace = Workspace(root=str(project), manage_py="manage.py", bundled=True)
    built = argv.build(registry.get(preset, workspace), params, workspace)

    result = subprocess.run(built, cwd=project, capture_output=True, check=False, text=True, env={})

    assert result.returncode == 0, result.stderr
