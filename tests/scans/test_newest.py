"""The newest finished scan, and the parts of its report that a page asks for."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from inspector_app.models import Scan, Workspace
from inspector_app.scans.newest import newest

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace() -> Workspace:
    return Workspace.objects.create(
        slug="shop", name="shop", root="/nowhere/shop", opened_at=timezone.now()
    )


def keep(workspace: Workspace, report: dict[str, Any], state: str = "done") -> Scan:
    now = timezone.now()
    row = Scan(workspace=workspace, state=state, finished_at=now)
    row.report = report
    row.save()
    return row


def test_the_newest_finished_scan_counts(workspace: Workspace) -> None:
    assert newest(Workspace.objects.get()) is None
    done = keep(workspace, {"urls": [{}]})
    keep(workspace, {}, "failed")

    found = newest(Workspace.objects.get(), "urls", "checks")
    assert found is not None
    assert found.scan == done
    assert (found.report["urls"], found.report["checks"]) == ([{}], None)
