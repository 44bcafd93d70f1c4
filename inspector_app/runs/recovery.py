"""After a crash: what was running is lost, what was queued is queued again, nothing is rerun."""

from __future__ import annotations

import logging
import shutil

from django.utils import timezone

from inspector_app.models import WorkspaceTaskRun

from .live import INSTANCE
from .scratch import scratch_root

Status = WorkspaceTaskRun.Status

logger = logging.getLogger(__name__)


def recover() -> None:
    """Settle the rows of earlier processes. Call once, before the queue's consumer starts."""
    shutil.rmtree(scratch_root(), ignore_errors=True)
    left = WorkspaceTaskRun.objects.filter(status__in=(Status.RUNNING, Status.CANCELLING)).exclude(
        instance=INSTANCE
    )
    for run in left:
        if run.pid is not None and run.create_time is not None:
            _kill_if_same(run.pid, run.create_time)
        WorkspaceTaskRun.objects.filter(pk=run.pk).update(
            status=Status.LOST,
            finished_at=timezone.now(),
            message="DJDesk ended while this command ran, so its result is not known.",
            hint="Run it again.",
        )
    queued = WorkspaceTaskRun.objects.filter(status=Status.QUEUED).order_by("pk")
    if queued:
        from inspector_app.tasks import execute_run

        # The queue hands a message out once; whether it still has this one cannot be known, and a
        # second message is harmless because a run is claimed only once.
        for run in queued:
            execute_run(run.pk)


def _kill_if_same(pid: int, create_time: float) -> None:
    """Kill the process tree of ``pid`` unless the number now belongs to another process."""
    import psutil

    try:
        process = psutil.Process(pid)
        if abs(process.create_time() - create_time) > 1.0:
            return
        for member in [*process.children(recursive=True), process]:
            member.kill()
    except psutil.NoSuchProcess:
        return
    except psutil.AccessDenied:
        logger.warning("process %d of an earlier run could not be ended", pid)
