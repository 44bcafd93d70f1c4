"""Asking for a run: everything is checked here, and again by the worker that executes it."""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.workspaces import trust

from . import live
from .asked import asked_tier, asked_timeout
from .preflight import folder_of, require_files
from .scanning import SCAN, scan_argv

QUEUED_MAX = 50

Status = WorkspaceTaskRun.Status

logger = logging.getLogger(__name__)


def create_run(
    workspace: Workspace,
    preset_name: Any,
    params: Any,
    *,
    timeout: Any = None,
    tier: Any = None,
    enqueue: bool = True,
) -> WorkspaceTaskRun:
    """Insert a queued run and hand its id to the queue, which says when it starts or has to wait.

    ``timeout`` is in seconds and defaults to the configured one. ``enqueue=False`` leaves the
    execution to the caller, who calls :func:`~inspector_app.runs.execute.execute` himself.

    Raises:
        Problem: not trusted, not allowed, a parameter at fault, a tier that is not proven,
            something on disk that is missing, or too many runs waiting.
    """
    try:
        run = _insert(workspace, preset_name, params, timeout=timeout, tier=tier)
    except Problem as problem:
        logger.warning("refused a run in %s: %s", workspace.slug, problem)
        raise
    if enqueue:
        # A worker must find the row, so the message waits for whatever transaction is open.
        transaction.on_commit(lambda: _enqueue(run))
    return run


def create_scan_run(workspace: Workspace) -> WorkspaceTaskRun:
    """Insert the run of a scan, claimed already, so that its caller and nobody else executes it.

    Raises:
        Problem: not trusted, something on disk is missing, or too many runs are waiting.
    """
    trust.require(workspace)
    require_files(workspace)
    with transaction.atomic():
        return _add(
            workspace,
            preset=SCAN,
            argv=scan_argv(workspace),
            cwd=str(folder_of(workspace)),
            timeout_s=asked_timeout(None),
            tier=asked_tier(None),
            status=Status.RUNNING,
            instance=live.INSTANCE,
            started_at=timezone.now(),
        )


def _insert(
    workspace: Workspace, preset_name: Any, params: Any, *, timeout: Any, tier: Any
) -> WorkspaceTaskRun:
    from inspector_app.commands import argv, registry
    from inspector_app.commands.own import consent
    from inspector_app.redaction.project import refuse_secrets

    from .proven import tier_for

    preset = registry.get(preset_name, workspace)
    clean = registry.validate(preset, params, workspace)
    refuse_secrets(workspace, clean)
    timeout_s = asked_timeout(timeout)
    wanted = asked_tier(tier)
    trust.require(workspace)
    consent.require(workspace, preset)
    wanted = tier_for(preset, wanted)
    require_files(workspace)
    with transaction.atomic():
        return _add(
            workspace,
            preset=preset.name,
            params=clean,
            argv=argv.build(preset, clean, workspace),
            cwd=str(folder_of(workspace)),
            timeout_s=timeout_s,
            tier=wanted,
        )


def _add(workspace: Workspace, **fields: Any) -> WorkspaceTaskRun:
    """Within a transaction; BEGIN IMMEDIATE has the write lock, so nobody counts or numbers too."""
    waiting = WorkspaceTaskRun.objects.filter(status=Status.QUEUED).count()
    if waiting >= QUEUED_MAX:
        raise Problem(
            "queue_full",
            f"{waiting} commands are waiting already.",
            "Wait until some have ended, or stop them.",
        )
    last = workspace.runs.aggregate(last=Max("number"))["last"] or 0
    return WorkspaceTaskRun.objects.create(workspace=workspace, number=last + 1, **fields)


def _enqueue(run: WorkspaceTaskRun) -> None:
    """Hand the id to the queue; a run the queue did not take must not wait for ever."""
    from inspector_app.tasks import execute_run

    try:
        execute_run(run.pk)
    except sqlite3.Error as error:
        problem = Problem(
            "queue_unavailable",
            f"The queue of commands cannot be written: {error}.",
            "Check the free space and the permissions of DJDesk's data directory.",
        )
        WorkspaceTaskRun.objects.filter(pk=run.pk, status=Status.QUEUED).update(
            status=Status.FAILED,
            finished_at=timezone.now(),
            message=problem.message[:1000],
            hint=problem.hint,
        )
        raise problem from error
