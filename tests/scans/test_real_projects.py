"""Static reading of real projects against what their own Django says about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests import projects
from tests.scans.asking import Answer, answer, ask_django, read

pytestmark = pytest.mark.projects


@pytest.fixture(scope="module")
def nemo() -> projects.RealProject:
    return projects.nemo()


@pytest.fixture(scope="module")
def wagtail() -> projects.RealProject:
    return projects.wagtail()


def both(project: projects.RealProject, cwd: Path) -> tuple[Answer, Answer]:
    """What was read, and what Django says; it may write where it runs, so it runs elsewhere."""
    said = ask_django(project.root, project.settings, project.python, cwd)
    return answer(read(project.root, project.settings, project.python)), said


def test_nemo_is_read_whole(nemo: projects.RealProject, tmp_path: Path) -> None:
    known, said = both(nemo, tmp_path)

    assert known.apps == said.apps
    assert known.models == said.models
    assert known.relations == said.relations
    assert known.migrations == said.migrations
    # The tree fields that django-mptt adds when it registers a model.
    differ = {label for label in said.fields if known.fields[label] != said.fields[label]}
    assert differ == {"NEMO.Area"}


def test_wagtail_is_read_but_for_what_its_libraries_add_when_they_run(
    wagtail: projects.RealProject, tmp_path: Path
) -> None:
    known, said = both(wagtail, tmp_path)

    assert known.apps == said.apps
    assert known.models == said.models
    assert known.migrations == said.migrations
    written = {one for one in said.relations if one[2] != "index_entries"}
    assert len(known.relations & written) / len(written) >= 0.98
    assert known.relations <= said.relations


@pytest.mark.django_db(transaction=True)
def test_wagtail_opens_with_the_python_it_is_installed_in(
    wagtail: projects.RealProject, unchanged: Any
) -> None:
    unchanged(wagtail.root)
    workspace = open_path(wagtail.root)

    assert (workspace.interpreter, workspace.interpreter_source) == (str(wagtail.python), "around")
    assert workspace.settings_module == wagtail.settings
    assert workspace.scans.get().report["findings"] == []


@pytest.mark.django_db(transaction=True)
def test_nemo_s_checks_are_read(nemo: projects.RealProject) -> None:
    workspace = open_path(nemo.root)
    trust.grant(workspace)

    report = scan(workspace).report

    assert report["checks"]["default"] == []
    assert [app["label"] for app in report["apps"] if app["path"]] == [
        "NEMO",
        "kiosk",
        "area_access",
    ]
