"""Executing a queued run: claim the row, run the command in the jail, write down how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import WorkspaceTaskRun
from inspector_app.redaction import known

from . import live, policy
from .announce import announce
from .attachment import Attachment
from .follower import RunFollower
from .insist import insist
from .jail import JailProcess
from .log_writer import LogWriter
from .preflight import check_again
from .scratch import scratch

if TYPE_CHECKING:
    from inspector_app.redaction.redactor import Redactor
    from inspector_app.rehearsals.rehearse import Ran

    from .outcome import Outcome

Status = WorkspaceTaskRun.Status

logger = logging.getLogger(__name__)


def execute(run_id: int, *, claimed: bool = False, attachment: Attachment | None = None) -> None:
    """Run what the row asks for, unless another worker claimed it or it was cancelled.

    ``attachment`` is what a run of DJDesk's own brings along and listens to.

    ``claimed`` says that the caller has done that (:func:`claim`). Returns once the row is in a
    final state. While DJDesk closes, nothing new is started: such a row stays queued for the next
    start.
    """
    if not claimed and (live.closing() or not insist(lambda: claim(run_id))):
        return
    with live.under_way(run_id) as stopped:
        run = WorkspaceTaskRun.objects.select_related("workspace").get(pk=run_id)
        if run.cancel_requested:
            # It came before anybody here could be told.
            live.stop(run_id)
        outcome = _performed(run, attachment, stopped)
    insist(lambda: _finish(run, outcome))
    announce(run_id)
    _make_room(run_id)


def _performed(
    run: WorkspaceTaskRun, attachment: Attachment | None, stopped: live.EndAsked
) -> Outcome:
    """How it ended, whatever goes wrong."""
    try:
        return _run(run, attachment, stopped)
    except (Problem, OSError, Exception) as error:
        from .outcome import refused, unwritable

        if isinstance(error, Problem):
            logger.warning("run %d refused: %s", run.pk, error)
            return refused(error)
        logger.exception("run %d", run.pk)
        if isinstance(error, OSError):
            return unwritable(error)
        return refused(
            Problem(
                "internal",
                "DJDesk failed while it ran this command.",
                "The engine's log has the details.",
            )
        )


def _make_room(run_id: int) -> None:
    """Old runs go when a new one has ended; what goes wrong with that is no fault of the run."""
    from . import retention

    try:
        retention.apply(spare=run_id)
    except Exception:
        logger.exception("old runs could not be removed")


def claim(run_id: int) -> bool:
    """Take a queued run for this process; False when it is taken or no longer queued."""
    return bool(
        WorkspaceTaskRun.objects.filter(pk=run_id, status=Status.QUEUED).update(
            status=Status.RUNNING, instance=live.INSTANCE, started_at=timezone.now()
        )
    )


def _run(run: WorkspaceTaskRun, attachment: Attachment | None, stopped: live.EndAsked) -> Outcome:
    preset = check_again(run)
    with scratch() as folder:
        writer = LogWriter(run.folder, settings.DJDESK_LOG_LIMIT_BYTES)
        try:
            asked, notes = policy.build(run, preset, folder, stopped, _sayer(run, writer))
            run.network = asked["network"]
            if stopped():
                from .outcome import not_started

                return not_started(cancelled=_cancel_requested(run))
            if attachment is not None:
                asked["argv"] = attachment.attach(run.argv, Path(asked["env"]["TMPDIR"]))
            with JailProcess(Path(settings.DJDESK_JAIL), asked) as process:
                with live.registered(run.pk, process):
                    # Said, loaded and read while the command starts, which takes longer than this.
                    announce(run.pk)
                    from inspector_app.redaction.project import redactor_for

                    from .outcome import outcome_of

                    if _cancel_requested(run):
                        process.stop()
                    redactor = redactor_for(run.workspace)
                    began = attachment.began if attachment is not None else None
                    follower = RunFollower(run, process, writer, redactor, began)
                    process.follow(follower, attachment)
                stopped.command_ended()
                follower.finish()
                run.redacted = redactor.count
            outcome = outcome_of(
                run,
                process,
                follower,
                cancelled=_cancel_requested(run),
                isolated=preset is not None and bool(preset.tiers),
            )
            if attachment is not None:
                attachment.leave_out(outcome.fields)
            if preset is not None and preset.rehearsal and process.ended is not None:
                from inspector_app.rehearsals.rehearse import Ran

                ran = Ran(run.folder, folder, asked, process.ended, stopped)
                notes += _rehearse(run, ran, redactor)
            if follower.log_error is None:
                # They name files.
                for note in [*(f"DJDesk: {note}" for note in notes), *outcome.notes]:
                    writer.note(redactor.text(note))
        finally:
            _close(writer)
            run.lines, run.bytes = writer.lines, writer.kept
    if preset is not None:
        from . import answers

        answers.explain(run, outcome)
    return outcome


def _sayer(run: WorkspaceTaskRun, writer: LogWriter) -> Callable[[str], None]:
    """Shows lines of DJDesk's own before the command, whose output is followed, has started."""

    def say(text: str) -> None:
        from inspector_app.redaction.project import redactor_for

        writer.note(redactor_for(run.workspace).text(f"DJDesk: {text}"))
        bus.publish("log", {"run": run.pk, "lines": writer.lines, "bytes": writer.bytes})

    return say


def _rehearse(run: WorkspaceTaskRun, ran: Ran, redactor: Redactor) -> list[str]:
    """Keep what it would have changed; returns what to say where that is not possible."""
    from inspector_app.rehearsals.rehearse import rehearse

    try:
        made = rehearse(ran, redactor)
        if made is not None:
            run.rehearsal, run.rehearsal_bytes = made
    except Exception:
        # What the project wrote must not cost the run its end, whatever it is.
        logger.exception("what run %d would have changed could not be kept", run.pk)
        return ["what it would have changed could not be kept; the engine's log says why"]
    return []


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
        finished_at=timezone.now(),
        lines=run.lines,
        bytes=run.bytes,
        redacted=run.redacted,
        rehearsal=run.rehearsal,
        rehearsal_bytes=run.rehearsal_bytes,
        **known.redacted(outcome.fields),
    )
