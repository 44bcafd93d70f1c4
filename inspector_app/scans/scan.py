"""One scan of a workspace: static reading always, Django's own checks once it is trusted."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Scan, Workspace, WorkspaceTaskRun
from inspector_app.workspaces.environment import packages_of

from .checks import parse_checks
from .report import build_report
from .static.reading import StaticReading, read_project

KEPT = 20


def scan(workspace: Workspace) -> Scan:
    """Read ``workspace`` and keep the report; runs ``check`` only for a trusted one.

    The scan ends as ``failed`` with a problem when the folder cannot be read any more; it never
    raises for what a project holds.
    """
    row = Scan.objects.create(workspace=workspace, state=Scan.State.RUNNING)
    _publish(workspace)
    started = time.monotonic()
    try:
        _require_folder(workspace)
        reading = read_project(
            workspace.root_path,
            Path(workspace.manage_py),
            workspace.settings_module,
            packages_of(Path(workspace.interpreter)),
        )
        check_run, checks = None, None
        if workspace.trusted:
            check_run, checks = _checks(workspace, reading)
            row.source = Scan.Source.MIXED
        row.report = build_report(
            workspace,
            reading,
            version=settings.DJDESK_VERSION,
            check_run=check_run,
            checks=checks,
            seconds=time.monotonic() - started,
        )
        row.state = Scan.State.DONE
    except Problem as problem:
        row.state = Scan.State.FAILED
        row.problem = problem.as_dict()
    row.seconds = time.monotonic() - started
    row.finished_at = timezone.now()
    row.save()
    _forget_old(workspace)
    _publish(workspace)
    return row


def _require_folder(workspace: Workspace) -> None:
    if not workspace.root_path.is_dir():
        raise Problem(
            "folder_missing",
            f"The folder {workspace.root} is gone.",
            "Open the project where it is now.",
        )


def _checks(
    workspace: Workspace, reading: StaticReading
) -> tuple[WorkspaceTaskRun | None, list[dict[str, Any]] | None]:
    """Run ``check`` like any other run, so that it is in the history with its whole output."""
    from inspector_app.runs.create import create_run
    from inspector_app.runs.execute import execute

    started = time.monotonic()
    run: WorkspaceTaskRun | None = None
    checks: list[dict[str, Any]] | None = None
    try:
        run = create_run(workspace, "check", {}, enqueue=False)
        execute(run.pk)
        run.refresh_from_db()
        if run.log.exists():
            checks = parse_checks(run.log.text())
        error = None if checks is not None else (run.message or "it printed no check results")
    except Problem as problem:
        error = str(problem)
    reading.sections["checks"] = {
        "source": "runtime",
        "ok": checks is not None,
        "error": error,
        "seconds": round(time.monotonic() - started, 4),
    }
    return run, checks


def _forget_old(workspace: Workspace) -> None:
    kept = workspace.scans.values_list("pk", flat=True)[:KEPT]
    workspace.scans.exclude(pk__in=list(kept)).delete()


def _publish(workspace: Workspace) -> None:
    bus.publish("workspace", {"slug": workspace.slug})
