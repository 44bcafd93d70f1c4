"""Executing a queued run: claim the row, run the command in the jail, write down how it ended."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from inspector_app.commands import argv, registry
from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import WorkspaceTaskRun
from inspector_app.workspaces import trust

from . import activity, environment, live
from .jail import GRACE_S, JailProcess
from .log import LogWriter
from .outcome import Outcome, outcome_of, refused
from .scratch import scratch
from .serialize import run_json

Status = WorkspaceTaskRun.Status

LOG_EVENT_S = 0.075

logger = logging.getLogger(__name__)


def execute(run_id: int) -> None:
    """Run what the row asks for, unless another worker claimed it or it was cancelled."""
    if live.closing() or not _claim(run_id):
        return
    run = WorkspaceTaskRun.objects.select_related("workspace").get(pk=run_id)
    _publish(run)
    try:
        outcome = _run(run)
    except Problem as problem:
        outcome = refused(problem)
    except Exception:
        logger.exception("run %d", run_id)
        outcome = refused(
            Problem(
                "internal",
                "DJDesk failed while it ran this command.",
                "The engine's log has the details.",
            )
        )
    finally:
        live.remove(run_id)
    _finish(run, outcome)


def _claim(run_id: int) -> bool:
    return bool(
        WorkspaceTaskRun.objects.filter(pk=run_id, status=Status.QUEUED).update(
            status=Status.RUNNING, instance=live.INSTANCE, started_at=timezone.now()
        )
    )


def _run(run: WorkspaceTaskRun) -> Outcome:
    _check_again(run)
    with scratch() as folder:
        writer = LogWriter(run.folder)
        try:
            process = JailProcess(Path(settings.DJDESK_JAIL), _policy(run, folder))
            live.add(run.pk, process)
            if WorkspaceTaskRun.objects.filter(pk=run.pk, cancel_requested=True).exists():
                process.stop()
            follower = _Follower(run, process, writer)
            process.follow(follower.data, follower.started, follower.tick, LOG_EVENT_S)
            outcome = outcome_of(run, process, limit_reached=follower.limit_reached)
            for note in outcome.notes:
                writer.note(note)
        finally:
            writer.close()
            run.lines, run.bytes = writer.lines, writer.bytes
    return outcome


def _check_again(run: WorkspaceTaskRun) -> None:
    """The database is no proof: what runs is what the allow-list builds now."""
    workspace = run.workspace
    trust.require(workspace)
    preset = registry.get(run.preset)
    run.params = registry.validate(preset, run.params, workspace)
    run.argv = argv.build(preset, run.params, workspace)
    root = workspace.root_path
    if not root.is_dir():
        raise Problem(
            "folder_missing",
            f"The folder {root} is gone.",
            "Open the project where it is now.",
        )
    if not (root / workspace.manage_py).is_file():
        raise Problem(
            "manage_py_missing",
            f"{workspace.manage_py} is no longer in {root}.",
            "Open the folder again, so that DJDesk looks for it.",
        )
    if not Path(run.argv[0]).is_file():
        raise Problem(
            "interpreter_missing",
            f"The interpreter {run.argv[0]} is gone.",
            "Open the folder again, so that DJDesk looks for another one.",
        )


def _policy(run: WorkspaceTaskRun, folder: Path) -> dict[str, Any]:
    return {
        "v": 1,
        "argv": run.argv,
        "cwd": run.cwd,
        "root": run.workspace.root,
        "env": environment.build(run.workspace, run.argv[0], folder),
        "timeout_s": run.timeout_s,
        "grace_s": GRACE_S,
        "tier": run.tier or "auto",
        "network": run.workspace.network,
        "manifest": True,
        "scratch": str(folder),
    }


class _Follower:
    """Takes what the jail reports and passes it on to the log, the row and the page."""

    def __init__(self, run: WorkspaceTaskRun, process: JailProcess, writer: LogWriter) -> None:
        self._run = run
        self._process = process
        self._writer = writer
        self.limit_reached = False

    def started(self, report: dict[str, Any]) -> None:
        run = self._run
        run.pid, run.create_time, run.tier = report["pid"], report["create_time"], report["tier"]
        WorkspaceTaskRun.objects.filter(pk=run.pk).update(
            pid=run.pid, create_time=run.create_time, tier=run.tier, argv=run.argv
        )
        _publish(run)

    def data(self, stream: int, data: bytes) -> None:
        if self.limit_reached:
            return
        room = settings.DJDESK_LOG_LIMIT_BYTES - self._writer.bytes
        self._writer.write(stream, data[:room])
        if len(data) > room:
            self.limit_reached = True
            self._process.stop()

    def tick(self) -> None:
        bus.publish(
            "log",
            {"run": self._run.pk, "lines": self._writer.lines, "bytes": self._writer.bytes},
        )


def _finish(run: WorkspaceTaskRun, outcome: Outcome) -> None:
    for name, value in outcome.fields.items():
        setattr(run, name, value)
    run.finished_at = timezone.now()
    run.save()
    _publish(run)
    close_old_connections()


def _publish(run: WorkspaceTaskRun) -> None:
    bus.publish("run", run_json(run))
    activity.publish()
