"""The pages. Each shows only what was read from the project, and how it was read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from inspector_app.commands import registry
from inspector_app.commands.argv import display
from inspector_app.commands.known import KnownFacts
from inspector_app.commands.presets import Preset
from inspector_app.models import Scan, Workspace
from inspector_app.runs.create import TIMEOUT_MAX_S
from inspector_app.workspaces.interpreter import command_prefix

from .overview import overview_context
from .recent import recent_workspaces


def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "inspector_app/home/page.html",
        {"recent": recent_workspaces()},
    )


def overview(request: HttpRequest, slug: str) -> HttpResponse:
    workspace = get_object_or_404(Workspace, slug=slug)
    return render(request, "inspector_app/overview/page.html", overview_context(workspace))


def commands(request: HttpRequest, slug: str) -> HttpResponse:
    workspace = get_object_or_404(Workspace, slug=slug)
    presets = registry.enabled()
    asked = request.GET.get("preset", "")
    preset = next((one for one in presets if one.name == asked), presets[0] if presets else None)
    context: dict[str, Any] = {"presets": presets, "preset": preset, "timeout_max": TIMEOUT_MAX_S}
    if preset is not None:
        context |= _form(preset, workspace, request)
    return render(request, "inspector_app/commands/page.html", context)


def runs(request: HttpRequest, slug: str) -> HttpResponse:
    workspace = get_object_or_404(Workspace, slug=slug)
    rows = workspace.runs.select_related("workspace")[:500]
    return render(
        request,
        "inspector_app/runs/page.html",
        {"runs": [{"run": row, "command": display(row.argv, workspace)[2:]} for row in rows]},
    )


def run(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    workspace = get_object_or_404(Workspace, slug=slug)
    row = get_object_or_404(workspace.runs.select_related("workspace"), number=number)
    return render(
        request,
        "inspector_app/run/page.html",
        {
            "run": row,
            "command": display(row.argv, workspace),
            "limit_mb": settings.DJDESK_LOG_LIMIT_BYTES // 1_000_000,
        },
    )


def _form(preset: Preset, workspace: Workspace, request: HttpRequest) -> dict[str, Any]:
    known = KnownFacts(workspace)
    fields = [
        {
            "parameter": parameter,
            "choices": parameter.choices(known),
            "value": request.GET.get(parameter.name, ""),
        }
        for parameter in preset.parameters
    ]
    prefix = command_prefix(workspace.interpreter, bundled=workspace.bundled)
    scan = workspace.scans.filter(state=Scan.State.DONE).first()
    apps = scan.report.get("migrations", {}).get("apps", {}) if scan is not None else {}
    return {
        "fields": fields,
        "shown_prefix": display([*prefix, "manage.py", preset.name], workspace),
        "migrations": {label: [m["name"] for m in entries] for label, entries in apps.items()},
    }
