"""Stopping a run that a user no longer wants."""

from __future__ import annotations

from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun

from . import live
from .announce import announce

Status = WorkspaceTaskRun.Status


def cancel(run: WorkspaceTaskRun) -> WorkspaceTaskRun:
    """Cancel a queued run at once, or ask a running one to end; returns the fresh row.

    Raises:
        Problem: ``run_ended`` when there is nothing left to stop.
    """
    if not (_before_its_start(run) or _while_it_runs(run)):
        raise Problem("run_ended", f"Run #{run.number} has already ended.")
    announce(run.pk)
    run.refresh_from_db()
    return run


def _before_its_start(run: WorkspaceTaskRun) -> bool:
    return bool(
        WorkspaceTaskRun.objects.filter(pk=run.pk, status=Status.QUEUED).update(
            status=Status.CANCELLED,
            cancel_requested=True,
            finished_at=timezone.now(),
            message="Cancelled before it started.",
        )
    )


def _while_it_runs(run: WorkspaceTaskRun) -> bool:
    asked = WorkspaceTaskRun.objects.filter(
        pk=run.pk, status__in=(Status.RUNNING, Status.CANCELLING)
    ).update(status=Status.CANCELLING, cancel_requested=True)
    if asked:
        # A process that is not registered yet looks for cancel_requested once it is.
        live.stop(run.pk)
    return bool(asked)
