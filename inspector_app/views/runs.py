"""Runs: every command that was run, and one of them with its output and its proof."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import F, Sum
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from inspector_app.models import Workspace
from inspector_app.runs.compare import previous
from inspector_app.runs.scanning import SCAN
from inspector_app.runs.serialize import extent, lines_json, may_be_cut
from inspector_app.runs.turns import turn

from .next_steps import next_steps
from .page import workspace_page
from .rehearsal import rehearsal_context
from .run_rows import counted, run_list
from .tiers import TIERS

LISTED = 200
# Come with the page, so that nobody waits for another request to see something.
FIRST_LINES = 80


@workspace_page("inspector_app/runs/page.html")
def runs(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:
    chosen = run_list(
        workspace,
        request.GET.get("q", "")[:200],
        request.GET.get("show", ""),
        request.GET.get("preset", ""),
    )
    size = workspace.runs.aggregate(size=Sum(F("bytes") + F("rehearsal_bytes")))["size"]
    return {**chosen, "size_here": size or 0}


@workspace_page("inspector_app/run/page.html")
def run(request: HttpRequest, workspace: Workspace, number: int) -> dict[str, Any]:  # noqa: ARG001
    row = get_object_or_404(counted(workspace.runs), number=number)
    rehearsal = rehearsal_context(row)
    lines = extent(row)[0]
    # Somebody may have removed files of DJDesk's own, to make room say.
    output_gone = bool(lines) and not row.log.exists()
    return {
        "run": row,
        "lines": 0 if output_gone else lines,
        "output_gone": output_gone,
        "rehearsal_gone": row.rehearsal is not None and not rehearsal,
        "first_lines": None if row.active else lines_json(row, 1, FIRST_LINES),
        "turn": turn(row),
        "previous": previous(row),
        "omitted": may_be_cut(row) and bool(row.log.gaps()),
        "run_tier": TIERS.get(row.tier),
        "next_steps": next_steps(row),
        "listed": LISTED,
        "is_scan": row.preset == SCAN,
        **rehearsal,
        "limit_mb": settings.DJDESK_LOG_LIMIT_BYTES // 1_000_000,
    }
