"""What the shell around every page of a workspace shows: nav, chips, run panel, status bar."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from inspector_app.commands import registry
from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.serialize import run_json
from inspector_app.scans.totals import totals

from .run_rows import brief
from .tiers import tier_in_use

SWITCHER = 12
RECENT = 12


def shell(workspace: Workspace) -> dict[str, Any]:
    # Home needs what stands around here, and none of what this brings along.
    from inspector_app.scans import staleness

    runs = workspace.runs.all()
    newest = runs.first()
    recent = list(brief(runs)[:RECENT])
    return {
        "workspace": workspace,
        "workspaces": Workspace.objects.all()[:SWITCHER],
        "scan": workspace.newest_scan,
        "stale": staleness.known(workspace),
        "tier": tier_in_use(workspace, recent),
        "interpreter_problem": interpreter_problem(workspace),
        "command_total": command_total(workspace),
        "totals": totals(workspace),
        "run_total": runs.count(),
        "recent_runs": recent,
        "last_run": last_ended(runs, recent),
        "panel_run": run_json(newest) if newest is not None else None,
    }


def last_ended(
    runs: QuerySet[WorkspaceTaskRun], recent: list[WorkspaceTaskRun]
) -> WorkspaceTaskRun | None:
    found = next((run for run in recent if not run.active), None)
    if found is None and len(recent) == RECENT:
        return brief(runs).exclude(status__in=WorkspaceTaskRun.ACTIVE).first()
    return found


def command_total(workspace: Workspace) -> int | None:
    """How many commands are listed; the Commands page says what is wrong with a list."""
    try:
        return len(registry.enabled() + registry.beyond(workspace)[0])
    except Problem:
        return None


def interpreter_problem(workspace: Workspace) -> str | None:
    """What is wrong by now with the interpreter that was chosen when the project was opened."""
    if workspace.interpreter_problem is not None:
        return str(workspace.interpreter_problem["message"])
    path = Path(workspace.interpreter)
    if workspace.bundled or path.exists():
        return None
    return f"{path} is gone. Open the folder again, so that DJDesk looks for another one."
