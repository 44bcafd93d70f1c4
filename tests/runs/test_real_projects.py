"""Real projects, each with its own Python, run by the same road as any other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from inspector_app.models import WorkspaceTaskRun
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests.projects import RealProject, nemo, wagtail
from tests.runs.project import executed

pytestmark = [pytest.mark.projects, pytest.mark.django_db(transaction=True)]


SQL = ("sqlmigrate", {"app_label": "auth", "migration_name": "0001_initial"}, "CREATE TABLE")
OTHERS: list[tuple[str, dict[str, Any], str]] = [
    ("check", {}, "System check identified"),
    ("showmigrations", {"app_labels": ["auth"]}, "0001_initial"),
    ("diffsettings", {}, "INSTALLED_APPS"),
]


@pytest.mark.parametrize(
    ("make", "preset", "params", "expected"),
    [
        *((wagtail, *case) for case in (*OTHERS, SQL)),
        # NEMO's migrations lack a parent of one of them, which sqlmigrate does not forgive.
        *((nemo, *case) for case in OTHERS),
    ],
    ids=lambda value: getattr(value, "__name__", value) if not isinstance(value, dict) else "",
)
def test_every_preset_runs_in_a_real_project(
    make: Callable[[], RealProject], preset: str, params: dict[str, Any], expected: str
) -> None:
    project = make()
    workspace = open_path(
        project.root, settings_module=project.settings, python=str(project.python)
    )
    trust.grant(workspace)
    run = executed(workspace, preset, params=params)

    assert (run.status, run.exit_code) == (WorkspaceTaskRun.Status.SUCCEEDED, 0), run.log.text()
    assert expected in run.log.text()
    assert run.files_changed == []
