from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.models import Workspace
from inspector_app.scans.scan import scan
from inspector_app.schema.model_graph import ModelGraph, read_graph
from inspector_app.workspaces.opening import open_path

from .shop import shop


@pytest.fixture
def workspace(tmp_path: Path, transactional_db: None) -> Workspace:  # noqa: ARG001
    opened = open_path(shop(tmp_path / "shop"))
    scan(opened)
    return opened


@pytest.fixture
def report(workspace: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = workspace.scans.all()[0].report
    return found


@pytest.fixture
def graph(report: dict[str, Any]) -> ModelGraph:
    return read_graph(report)
