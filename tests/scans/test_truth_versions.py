"""The running project against what its Django says, from the oldest to the newest Django."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.models import Workspace
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests.scans.asking import ask_django, told
from tests.scans.test_report import validate
from tests.scans.version_project import make_project

pytestmark = [pytest.mark.projects, pytest.mark.django_db(transaction=True)]

VERSIONS = ("3.2", "4.2", "5.2", "6.0", "6.1")


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def depot(version: str, tmp_path: Path) -> Path:
    return make_project(tmp_path / "depot", version)


def opened(root: Path) -> Workspace:
    workspace = open_path(root)
    trust.grant(workspace)
    return workspace


def test_everything_is_as_django_says(
    depot: Path, version: str, unchanged: Callable[[Path], None]
) -> None:
    unchanged(depot)
    said = ask_django(depot, "depot.settings", depot / ".venv/bin/python")
    report: dict[str, Any] = scan(opened(depot)).report

    validate(report)
    assert report["project"]["django"].startswith(version)
    assert {name: one for name, one in report["sections"].items() if one["error"]} == {}
    assert said.missing == ["people"]
    assert said.silenced == ["fields.W340"]
    for name, value in vars(said).items():
        assert getattr(told(report), name) == value, name
