"""Real projects: nothing but their secrets is replaced in what their commands print."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.redaction.project import redactor_for
from inspector_app.workspaces.opening import open_path
from tests.projects import RealProject, nemo, wagtail

pytestmark = [pytest.mark.projects, pytest.mark.django_db(transaction=True)]

COMMANDS = [
    ["check", "--deploy"],
    ["showmigrations", "--verbosity", "2"],
    ["diffsettings", "--all"],
]


def printed(project: RealProject, arguments: list[str], home: Path) -> str:
    done = subprocess.run(
        [str(project.python), "manage.py", *arguments],
        cwd=project.root,
        env={
            "DJANGO_SETTINGS_MODULE": project.settings,
            "HOME": str(home),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        check=False,
    )
    return (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("make", [wagtail, nemo])
def test_of_a_real_project_only_the_secret_key_is_replaced(
    make: Callable[[], RealProject], tmp_path: Path
) -> None:
    project = make()
    workspace = open_path(
        project.root, settings_module=project.settings, python=str(project.python)
    )
    redactor = redactor_for(workspace)
    for arguments in COMMANDS:
        before = printed(project, arguments, tmp_path).splitlines()
        after = redactor.text("\n".join(before)).splitlines()
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]

        assert len(before) > 5
        assert [new for _, new in changed] == (
            ["SECRET_KEY = '[redacted: SECRET_KEY]'"] if "diffsettings" in arguments else []
        )
