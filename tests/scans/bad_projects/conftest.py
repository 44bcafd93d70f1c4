"""A scan of a bad project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests.scans.test_report import validate


@pytest.fixture
def report(project: Path, unchanged: Callable[[Path], None]) -> Callable[[], dict[str, Any]]:
    """Scans the project, which must not be changed by that."""

    def report_of() -> dict[str, Any]:
        unchanged(project)
        workspace = open_path(project)
        trust.grant(workspace)
        found: dict[str, Any] = scan(workspace).report
        validate(found)
        return found

    return report_of
