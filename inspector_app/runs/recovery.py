"""After a crash: what was running is lost, what was queued is queued again, nothing is rerun."""

from __future__ import annotations

from django.utils import timezone

from inspector_app.models import Scan, WorkspaceTaskRun
from inspector_app.redaction.marks import MARK

from . import leftovers, retention
from .live import INSTANCE
from .scratch import remove, scratch_root

Status = WorkspaceTaskRun.Status


def recover() -> None:
    """Settle the rows of earlier processes. Call once, before the queue's consumer starts."""
    _end_lost_runs()
    _end_lost_scans()
    _queue_again()
    remove(scratch_root())
    retention.sweep()
    retention.apply()


def _end_lost_runs() -> None:
    lost = WorkspaceTaskRun.objects.filter(status__in=(Status.RUNNING, Status.CANCELLING)).exclude(
        instance=INSTANCE
    )
    if lost:
        leftovers.kill_below(scratch_root())
    for run in lost:
        if run.pid is not None and run.create_time is not None:
            leftovers.kill_tree(run.pid, run.create_time)
        WorkspaceTaskRun.objects.filter(pk=run.pk).update(
            status=Status.LOST,
            finished_at=timezone.now(),
            lines=run.log.total(),
            bytes=run.log.size(),
            redacted=run.log.count(MARK),
            message="DJDesk ended while this command ran, so its result is not known.",
            hint="Run it again.",
        )


def _end_lost_scans() -> None:
    Scan.objects.filter(state__in=(Scan.State.QUEUED, Scan.State.RUNNING)).update(
        state=Scan.State.CANCELLED, finished_at=timezone.now()
    )


def _queue_again() -> None:
    """Send a message for every run that waits.

    Whether the queue still has the first message cannot be known; a second one is harmless, because
    a run is claimed only once.
    """
    from inspector_app.tasks import execute_run

    for run_id in (
        WorkspaceTaskRun.objects.filter(status=Status.QUEUED)
        .values_list("pk", flat=True)
        .order_by("pk")
    ):
        execute_run(run_id)
