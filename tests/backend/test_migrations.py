"""What an earlier DJDesk kept is still there after the update."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from inspector_app.models import Scan
from inspector_app.scans.totals import totals
from inspector_app.workspaces.opening import open_path


@pytest.mark.django_db(transaction=True)
def test_the_reports_of_scans_are_kept(sample: Path) -> None:
    report = open_path(sample).scans.get().report
    report["checks"]["default"] = [
        {
            "id": "fields.W340",
            "level": "warning",
            "msg": "null has no effect on ManyToManyField.",
            "hint": "",
            "obj": "parts.Part.suppliers",
        }
    ]
    executor = MigrationExecutor(connection)
    try:
        state = executor.migrate([("inspector", "0004_rehearsal")]).apps
        old = state.get_model("inspector", "Scan")
        workspace = state.get_model("inspector", "Workspace").objects.get()
        now = timezone.now()
        old.objects.create(workspace=workspace, state="done", report=report, finished_at=now)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes("inspector"))

    row = Scan.objects.first()
    assert row is not None
    (check,) = row.report["checks"]["default"]
    assert (check.pop("file"), check.pop("line")) == ("cyclery/parts/models.py", 30)
    assert list(row.report.items()) == list(report.items())
    found = totals(row.workspace)
    assert found is not None
    assert found.own
