from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.scans.newest import totals
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_nobody_asked_for_has_no_number(sample: Path) -> None:
    found = totals(open_path(sample / "cyclery"))

    assert found is not None
    assert found.checks is None
    assert found.unapplied is None
    assert found.models == 16


def test_the_numbers_are_those_of_the_report(sample: Path) -> None:
    workspace = open_path(sample / "cyclery")
    trust.grant(workspace)
    report = scan(workspace).report

    found = totals(workspace)

    assert found is not None
    assert found.checks == len(report["checks"]["default"])
    assert found.urls == len(report["urls"])
    assert found.settings == len(report["settings"]["changed"])
    assert found.migrations == sum(map(len, report["migrations"]["apps"].values()))
