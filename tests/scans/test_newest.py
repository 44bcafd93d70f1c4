"""The numbers that the sidebar shows, counted by SQLite."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from inspector_app.models import Scan, Workspace
from inspector_app.scans.newest import newest, totals

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace() -> Workspace:
    return Workspace.objects.create(
        slug="shop", name="shop", root="/nowhere/shop", opened_at=timezone.now()
    )


def keep(workspace: Workspace, report: dict[str, Any], state: str = "done") -> Scan:
    now = timezone.now()
    return Scan.objects.create(workspace=workspace, report=report, state=state, finished_at=now)


def test_the_numbers_are_those_of_the_report(workspace: Workspace) -> None:
    keep(
        workspace,
        {
            "migrations": {
                "apps": {"a": [{"name": "0001"}, {"name": "0002"}], "b": [{"name": "0001"}]},
                "unapplied": 2,
                "conflicts": [{"app": "a"}],
            },
            "apps": [{"label": "a", "path": "a"}, {"label": "b", "path": None}],
            "urls": [{}, {}],
            "settings": {"changed": [{}]},
            "checks": {"default": [{"level": "error"}, {"level": "info"}, {"level": "critical"}]},
        },
    )

    found = totals(workspace)

    assert found is not None
    assert (found.migrations, found.unapplied, found.conflicts) == (3, 2, 1)
    assert (found.urls, found.settings, found.checks, found.errors) == (2, 1, 3, 2)
    assert found.own == {"a"}


def test_what_is_not_known_is_not_zero(workspace: Workspace) -> None:
    keep(
        workspace,
        {
            "migrations": {"apps": {}, "unapplied": None, "conflicts": []},
            "checks": {"default": None},
        },
    )

    found = totals(workspace)

    assert found is not None
    assert (found.unapplied, found.urls, found.settings, found.checks) == (None, None, None, None)
    assert found.conflicts == 0


def test_the_newest_finished_scan_counts(workspace: Workspace) -> None:
    assert newest(workspace) is None
    assert totals(workspace) is None
    done = keep(workspace, {"urls": [{}]})
    keep(workspace, {}, "failed")

    found = newest(workspace, "urls", "checks")
    assert found is not None
    assert found.scan == done
    assert (found.report["urls"], found.report["checks"]) == ([{}], None)
    numbers = totals(workspace)
    assert numbers is not None
    assert numbers.urls == 1
