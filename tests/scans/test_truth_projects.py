"""Running real projects against what their own Django says about them: complete sets, equal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests import projects
from tests.scans.asking import ask_django, told
from tests.scans.test_report import validate

pytestmark = [pytest.mark.projects, pytest.mark.django_db(transaction=True)]

PROJECTS = {"wagtail": projects.wagtail, "NEMO": projects.nemo}


@pytest.fixture(params=PROJECTS)
def project(request: pytest.FixtureRequest) -> projects.RealProject:
    return PROJECTS[request.param]()


def report_of(project: projects.RealProject) -> dict[str, Any]:
    workspace = open_path(project.root)
    trust.grant(workspace)
    report: dict[str, Any] = scan(workspace).report
    return report


def test_everything_is_as_django_says(
    project: projects.RealProject, tmp_path: Path, unchanged: Callable[[Path], None]
) -> None:
    unchanged(project.root)
    said = ask_django(project.root, project.settings, project.python, tmp_path)
    report = report_of(project)

    validate(report)
    assert {name: one for name, one in report["sections"].items() if one["error"]} == {}
    for name, value in vars(said).items():
        assert getattr(told(report), name) == value, name


def test_everything_has_a_place(project: projects.RealProject) -> None:
    """But for what packages without source, or Django itself, made."""
    report = report_of(project)
    models = [one for app in report["apps"] for one in app["models"]]

    assert [one["label"] for one in models if not one["file"] or not one["line"]] == []
    assert [one["route"] for one in report["urls"] if not one["file"] or not one["line"]] == []
    assert [one["view"] for one in report["urls"] if not one["view_file"]] == []
