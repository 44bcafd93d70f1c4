from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from inspector_app.events import bus
from inspector_app.models import Scan, WorkspaceTaskRun
from inspector_app.scans import scan as scanning
from inspector_app.scans.scan import KEPT, scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.interpreter import command_prefix
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)


def test_before_trust_nothing_is_run(project: Path, unchanged: Any) -> None:
    (project / "orders" / "models.py").write_text("open('/proc/self/no', 'w')\nraise SystemExit\n")
    unchanged(project)

    row = scan(open_path(project))

    assert (row.state, row.source) == (Scan.State.DONE, Scan.Source.STATIC)
    assert not WorkspaceTaskRun.objects.exists()


def test_with_trust_what_was_run_is_in_the_history(project: Path, unchanged: Any) -> None:
    unchanged(project)
    workspace = open_path(project)
    trust.grant(workspace)

    row = scan(workspace)

    run = workspace.runs.get()
    assert (run.preset, run.status) == ("scan", WorkspaceTaskRun.Status.SUCCEEDED)
    assert run.argv == [*command_prefix("", bundled=True), "djdesk-probe", "manage.py"]
    assert run.attempted_writes == []
    assert row.source == Scan.Source.MIXED
    assert row.report["checks"]["default"] == []


def test_a_vanished_folder_fails_the_scan_and_keeps_the_one_before(project: Path) -> None:
    workspace = open_path(project)
    shutil.rmtree(project)

    row = scan(workspace)

    assert row.state == Scan.State.FAILED
    assert row.problem is not None
    assert row.problem["code"] == "folder_missing"
    assert workspace.scans.filter(state=Scan.State.DONE).count() == 1


def test_a_project_that_vanishes_while_it_is_read_is_still_reported(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_path(project)

    def vanish(_: object) -> None:
        shutil.rmtree(project)

    monkeypatch.setattr(scanning, "_require_folder", vanish)
    row = scan(workspace)

    assert row.state == Scan.State.DONE
    assert not row.report["sections"]["settings"]["ok"]


def test_a_fault_of_djdesk_ends_the_scan_with_a_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    workspace = open_path(project)
    monkeypatch.setattr(scanning, "build_report", None)

    row = scan(workspace)

    assert row.state == Scan.State.FAILED
    assert row.problem is not None
    assert row.problem["code"] == "internal"
    assert "Traceback" in caplog.text


def test_every_step_is_published(project: Path) -> None:
    workspace = open_path(project)
    seen: list[str] = []
    stop = bus.listen(lambda event: seen.append(event.kind))

    scan(workspace)
    stop()

    assert seen == ["workspace", "workspace"]


def test_old_scans_are_forgotten(project: Path) -> None:
    workspace = open_path(project)
    for _ in range(KEPT + 2):
        last = scan(workspace)

    assert workspace.scans.count() == KEPT
    assert workspace.scans.first() == last
