"""Two runs of one command side by side: their facts, and what their logs have not in common."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.compare import LINES, SHOWN, difference, previous
from inspector_app.templatetags.djdesk import changes, memory, seconds, state, thousands

from .page import workspace_page
from .run_rows import counted

Facts = list[tuple[str, str, str, bool]]


@workspace_page("inspector_app/runs/compare.html")
def compare(request: HttpRequest, workspace: Workspace, number: int) -> dict[str, Any]:
    """Run ``number`` beside run ``with``, or beside the one before it."""
    run = get_object_or_404(counted(workspace.runs), number=number)
    before = _other(request.GET.get("with", ""), workspace, run)
    return {
        "run": run,
        "before": before,
        "facts": _facts(before, run),
        "difference": difference(before, run),
        "line_limit": LINES,
        "shown_limit": SHOWN,
    }


def _other(text: str, workspace: Workspace, run: WorkspaceTaskRun) -> WorkspaceTaskRun:
    if text.isascii() and text.isdigit() and len(text) < 10:
        return get_object_or_404(counted(workspace.runs), number=int(text))
    before = previous(run)
    if before is None:
        raise Http404
    return get_object_or_404(counted(workspace.runs), pk=before.pk)


def _facts(before: WorkspaceTaskRun, after: WorkspaceTaskRun) -> Facts:
    """Name, both values, and whether a difference means something: times always differ."""
    rows: Facts = []

    def add(name: str, old: str, new: str, *, measured: bool = False) -> None:
        rows.append((name, old or "not known", new or "not known", old != new and not measured))

    add("Result", state(before), state(after))
    add("Duration", seconds(before.seconds), seconds(after.seconds), measured=True)
    add("CPU", seconds(before.cpu_seconds), seconds(after.cpu_seconds), measured=True)
    add("Peak memory", memory(before.peak_memory), memory(after.peak_memory), measured=True)
    add("Lines", thousands(before.lines), thousands(after.lines))
    add("Files", changes(_count(before, "changed")), changes(_count(after, "changed")))
    add("Attempted writes", _watched(before), _watched(after))
    add("Tier", before.tier, after.tier)
    words = {True: "on", False: "off", None: ""}
    add("Network", words[before.network], words[after.network])
    return rows


def _count(run: WorkspaceTaskRun, name: str) -> int | None:
    value: int | None = getattr(run, name)
    return value


def _watched(run: WorkspaceTaskRun) -> str:
    count = _count(run, "attempted")
    return "not watched" if count is None else f"{count:,}"
