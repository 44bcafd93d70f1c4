"""Asking for a run: everything is checked here, and again by the worker that executes it."""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from inspector_app.commands import argv, registry
from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.workspaces import trust

from . import activity
from .serialize import run_json

TIMEOUT_MAX_S = 600.0
QUEUED_MAX = 50
TIERS = ("auto", "copy-on-write", "write-blocked", "shadow", "guarded")


def create_run(
    workspace: Workspace,
    preset_name: Any,
    params: Any,
    *,
    timeout: Any = None,
    tier: Any = None,
    enqueue: bool = True,
) -> WorkspaceTaskRun:
    """Insert a queued run and hand its id to the queue.

    ``timeout`` is in seconds and defaults to the configured one. ``enqueue=False`` leaves the
    execution to the caller, who calls :func:`~inspector_app.runs.execute.execute` himself.

    Raises:
        Problem: not trusted, not allowed, a parameter at fault, or too many runs waiting.
    """
    preset = registry.get(preset_name)
    clean = registry.validate(preset, params, workspace)
    timeout_s = _timeout(timeout)
    asked_tier = _tier(tier)
    trust.require(workspace)
    with transaction.atomic():
        waiting = WorkspaceTaskRun.objects.filter(status=WorkspaceTaskRun.Status.QUEUED).count()
        if waiting >= QUEUED_MAX:
            raise Problem(
                "queue_full",
                f"{waiting} commands are waiting already.",
                "Wait until some have ended, or stop them.",
            )
        last = workspace.runs.aggregate(last=Max("number"))["last"] or 0
        run = WorkspaceTaskRun.objects.create(
            workspace=workspace,
            number=last + 1,
            preset=preset.name,
            params=clean,
            argv=argv.build(preset, clean, workspace),
            cwd=str((workspace.root_path / workspace.manage_py).parent),
            timeout_s=timeout_s,
            tier=asked_tier,
        )
        if enqueue:
            transaction.on_commit(lambda: _enqueue(run.pk))
    bus.publish("run", run_json(run))
    activity.publish()
    return run


def _enqueue(run_id: int) -> None:
    from inspector_app.tasks import execute_run

    execute_run(run_id)


def _timeout(value: Any) -> float:
    if value is None:
        return float(settings.DJDESK_INSPECTOR_TASK_TIMEOUT)
    most = max(TIMEOUT_MAX_S, float(settings.DJDESK_INSPECTOR_TASK_TIMEOUT))
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not 0 < value <= most:
        raise Problem(
            "invalid_parameter",
            f"The timeout is a number of seconds above 0 and at most {most:.0f}.",
            field="timeout",
        )
    return float(value)


def _tier(value: Any) -> str:
    if value is None:
        return "auto"
    if value not in TIERS:
        raise Problem(
            "invalid_parameter",
            f"{str(value)[:40]!r} is not a sandbox tier.",
            f"Known: {', '.join(TIERS)}.",
            field="tier",
        )
    return str(value)
