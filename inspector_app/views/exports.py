"""Exports: what can be taken away, how it begins, and the files themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from inspector_app.errors import Problem
from inspector_app.exports import export, file_name
from inspector_app.models import Workspace

from .failures import problem_page
from .page import workspace_page
from .section import section

# Format, its name, what it is good for, icon.
REPORTS = (
    ("ipynb", "Notebook", "facts, data and runs", "notebook-text"),
    ("html", "HTML report", "one file, no scripts", "file-code"),
    ("md", "Markdown", "for a pull request or wiki", "file-text"),
    ("json", "JSON", "everything, for programs", "braces"),
    ("csv", "Tables", "CSV files for a spreadsheet", "table-2"),
)
SCHEMA = (
    ("mermaid", "Mermaid", "entity diagram as text", "workflow"),
    ("dbml", "DBML", "for dbdiagram and dbdocs", "database"),
)


@workspace_page("inspector_app/exports/page.html")
def exports(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:
    # Reading and cutting a whole report is for this page alone.
    from inspector_app.exports.preview import preview

    context, _ = section(workspace, "models")
    asked = request.GET.get("format", "")
    chosen = next((one for one in (*REPORTS, *SCHEMA) if one[0] == asked), REPORTS[0])
    context |= {
        "groups": (("Report", REPORTS), ("Schema", SCHEMA)),
        "chosen": chosen,
        "file_name": file_name(workspace, chosen[0]),
    }
    # To write a large report takes longer than a page may; it asks for the preview by itself.
    scan = workspace.newest_reading if "HX-Request" in request.headers else None
    if scan is None:
        return context
    shown = preview(workspace, chosen[0], scan)
    return context | {"preview": shown} | (shown.report or {})


@require_safe
def report(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    try:
        result = export(get_object_or_404(Workspace, slug=slug), suffix)
    except Problem as problem:
        return problem_page(request, problem)
    return HttpResponse(
        result.data,
        content_type=result.media_type,
        headers={"Content-Disposition": f'attachment; filename="{result.name}"'},
    )
