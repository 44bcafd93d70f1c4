"""Settings: what differs from Django's defaults, and two settings modules side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from inspector_app.models import Workspace
from inspector_app.sections import settings_difference
from inspector_app.sections.settings import KINDS, fitting, groups, kind_counts, setting_rows

from .page import workspace_page
from .section import section

Context = dict[str, Any]


@workspace_page("inspector_app/settings/page.html")
def settings(request: HttpRequest, workspace: Workspace) -> Context:
    context, report = section(workspace, "settings", "settings", "checks", "project")
    if report is None:
        return context
    rows = setting_rows(report)
    kind = request.GET.get("kind", "")
    shown = fitting(rows, request.GET.dict())
    return context | {
        "total": len(rows),
        "changed_total": len(report["settings"]["changed"]),
        "django": ".".join((report["project"]["django"] or "").split(".")[:2]),
        "groups": [
            (topic, members, any(row.name in shown for row in members))
            for topic, members in groups(rows)
        ],
        "shown": shown,
        "kinds": kind_counts(rows),
        "redacted_total": sum("redacted" in row.kinds for row in rows),
        "environment": report["settings"].get("environment") or [],
        "q": request.GET.get("q", "")[:200],
        "kind": kind if kind in KINDS else "",
        "filters": bool(request.GET.get("q", "").strip()) or kind in KINDS,
    }


@workspace_page("inspector_app/settings/compare.html")
def compare(request: HttpRequest, workspace: Workspace) -> Context:
    """Modules that the project does not name are not read, whatever the address asks for."""
    modules = settings_difference.candidates(workspace)
    left = _chosen(request.GET.get("left", ""), modules, 0)
    right = _chosen(request.GET.get("right", ""), modules, 1)
    context: Context = {"modules": modules, "left": left, "right": right}
    if left and right:
        context["comparison"] = settings_difference.compare(workspace, left, right)
    return context


def _chosen(asked: str, modules: list[str], otherwise: int) -> str:
    if asked in modules:
        return asked
    return modules[otherwise] if len(modules) > otherwise else ""
