"""Executing a queued run: claim the row, run the command in the jail, write down how it ended."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun

from . import live, policy
from .announce import announce
from .follower import RunFollower
from .insist import insist
from .jail import JailProcess
from .log_writer import LogWriter
from .outcome import Outcome, outcome_of, refused, unwritable
from .preflight import check_again
from .scratch import scratch

Status = WorkspaceTaskRun.Status

logger = logging.getLogger(__name__)


def execute(run_id: int) -> None:
    """Run what the row asks for, unless another worker claimed it or it was cancelled.

    Returns once the row is in a final state. While DJDesk closes, nothing new is started: such a
    row stays queued for the next start.
    """
    if live.closing() or not insist(lambda: _claim(run_id)):
        return
    run = WorkspaceTaskRun.objects.select_related("workspace").get(pk=run_id)
    announce(run_id)
    try:
        outcome = _run(run)
    except Problem as problem:
        logger.warning("run %d refused: %s", run_id, problem)
        outcome = refused(problem)
    except OSError as error:
        logger.exception("run %d", run_id)
        outcome = unwritable(error)
    except Exception:
        logger.exception("run %d", run_id)
        outcome = refused(
            Problem(
                "internal",
                "DJDesk failed while it ran this command.",
                "The engine's log has the details.",
            )
        )
    insist(lambda: _finish(run, outcome))
    announce(run_id)


def _claim(run_id: int) -> bool:
    return bool(
        WorkspaceTaskRun.objects.filter(pk=run_id, status=Status.QUEUED).update(
            status=Status.RUNNING, instance=live.INSTANCE, started_at=timezone.now()
        )
    )


def _run(run: WorkspaceTaskRun) -> Outcome:
    check_again(run)
    with scratch() as folder:
        asked, notes = policy.build(run, folder)
        writer = LogWriter(run.folder)
        try:
            with JailProcess(Path(settings.DJDESK_JAIL), asked) as process:
                follower = RunFollower(run, process, writer)
                with live.registered(run.pk, process):
                    if _cancel_requested(run):
                        process.stop()
                    process.follow(follower)
            outcome = outcome_of(run, process, follower, cancelled=_cancel_requested(run))
            if follower.log_error is None:
                for note in [*(f"DJDesk: {note}" for note in notes), *outcome.notes]:
                    writer.note(note)
        finally:
            _close(writer)
            run.lines, run.bytes = writer.lines, writer.bytes
    return outcome


def _close(writer: LogWriter) -> None:
    try:
        writer.close()
    except OSError:
        logger.warning("the last line of a log could not be kept", exc_info=True)


def _cancel_requested(run: WorkspaceTaskRun) -> bool:
    return insist(
        lambda: WorkspaceTaskRun.objects.filter(pk=run.pk, cancel_requested=True).exists()
    )


def _finish(run: WorkspaceTaskRun, outcome: Outcome) -> None:
    """Write what this worker knows, and nothing that others may have written meanwhile."""
    WorkspaceTaskRun.objects.filter(pk=run.pk).update(
        finished_at=timezone.now(), lines=run.lines, bytes=run.bytes, **outcome.fields
    )
