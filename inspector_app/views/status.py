"""The consolidated status: everything the shell around a page shows, in one answer."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.utils import timezone

from inspector_app.host import get_host
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.preferences import TIMEOUT, all_preferences
from inspector_app.runs.activity import activity
from inspector_app.runs.serialize import run_json

from .api_scans import scan_json
from .shell import interpreter_problem
from .tiers import tier_in_use

RECENT = 10
_STARTED = timezone.now()


def workspace_status(workspace: Workspace) -> dict[str, Any]:
    runs = workspace.runs.select_related("workspace")
    tier = tier_in_use(workspace)
    newest = workspace.newest_scan
    active = runs.filter(status__in=WorkspaceTaskRun.ACTIVE)
    return {
        "workspace": workspace_json(workspace),
        "interpreter": {
            "path": workspace.interpreter,
            "python": workspace.python_version,
            "django": workspace.django_version,
            "source": workspace.interpreter_source,
            "why": workspace.interpreter_why,
            "bundled": workspace.bundled,
            "problem": interpreter_problem(workspace),
        },
        "trust": {
            "trusted": workspace.trusted,
            "at": workspace.trusted_at.isoformat() if workspace.trusted_at else None,
        },
        "scan": scan_json(newest) if newest is not None else None,
        "runs": {
            "active": [run_json(run) for run in active],
            "recent": [run_json(run) for run in runs[:RECENT]],
            "total": runs.count(),
        },
        "engine": engine_status() | {"tier": tier.name if tier is not None else None},
    }


def workspace_json(workspace: Workspace) -> dict[str, Any]:
    return {
        "slug": workspace.slug,
        "name": workspace.name,
        "root": workspace.root,
        "manage_py": workspace.manage_py,
        "python_path": workspace.python_path,
        "settings_module": workspace.settings_module,
        "settings_source": workspace.settings_source,
        "env_files": workspace.env_files,
        "url": workspace.get_absolute_url(),
    }


def engine_status() -> dict[str, Any]:
    counts = activity()
    return {
        "state": "ready",
        "version": settings.DJDESK_VERSION,
        "pid": os.getpid(),
        "started_at": _STARTED.isoformat(),
        "timeout_s": all_preferences()[TIMEOUT],
        "running": counts["running"],
        "queued": counts["queued"],
        "window": get_host().window,
    }
