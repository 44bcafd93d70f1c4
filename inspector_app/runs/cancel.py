"""Stopping a run that a user no longer wants."""

from __future__ import annotations

from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import WorkspaceTaskRun

from . import activity, live
from .serialize import run_json

Status = WorkspaceTaskRun.Status


def cancel(run: WorkspaceTaskRun) -> WorkspaceTaskRun:
    """Cancel a queued run at once, or ask a running one to end; returns the fresh row."""
    rows = WorkspaceTaskRun.objects.filter(pk=run.pk)
    if rows.filter(status=Status.QUEUED).update(
        status=Status.CANCELLED,
        cancel_requested=True,
        finished_at=timezone.now(),
        message="Cancelled before it started.",
    ):
        pass
    elif rows.filter(status__in=(Status.RUNNING, Status.CANCELLING)).update(
        status=Status.CANCELLING, cancel_requested=True
    ):
        # A process that is not registered yet finds cancel_requested when it is.
        live.stop(run.pk)
    else:
        raise Problem("run_ended", f"Run #{run.number} has already ended.")
    run.refresh_from_db()
    bus.publish("run", run_json(run))
    activity.publish()
    return run
