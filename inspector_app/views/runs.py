"""Runs: every command that was run, and one of them with its output and its proof."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from inspector_app.models import Workspace
from inspector_app.runs.serialize import extent

from .next_steps import next_steps
from .page import workspace_page
from .run_rows import counted, run_list
from .tiers import TIERS

LISTED = 200


@workspace_page("inspector_app/runs/page.html")
def runs(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:
    return run_list(workspace, request.GET.get("q", "")[:200], request.GET.get("show", ""))


@workspace_page("inspector_app/run/page.html")
def run(request: HttpRequest, workspace: Workspace, number: int) -> dict[str, Any]:  # noqa: ARG001
    row = get_object_or_404(counted(workspace.runs), number=number)
    return {
        "run": row,
        "lines": extent(row)[0],
        "run_tier": TIERS.get(row.tier),
        "next_steps": next_steps(row),
        "listed": LISTED,
        "limit_mb": settings.DJDESK_LOG_LIMIT_BYTES // 1_000_000,
    }
