"""Checks: what Django's system checks say of a project, by level, with silenced ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from inspector_app.models import Workspace
from inspector_app.sections.checks import PARTS, check_rows, fitting, groups, kind_counts

from .page import workspace_page
from .section import section

Context = dict[str, Any]


@workspace_page("inspector_app/checks/page.html")
def checks(request: HttpRequest, workspace: Workspace) -> Context:
    context, report = section(workspace, "checks", *PARTS)
    if report is None:
        return context
    rows = check_rows(report)
    positions = {id(row): number for number, row in enumerate(rows)}
    shown = fitting(rows, request.GET.dict())
    kinds = kind_counts(rows)
    kind = request.GET.get("kind", "")
    words = request.GET.get("q", "")[:200]
    asked_for = kind if kind in {name for name, _, _ in kinds} else ""
    return context | {
        "known": report["checks"]["default"] is not None,
        "total": len(rows),
        "issues": sum(not row.silenced and not row.deploy for row in rows),
        "for_deployment": sum(not row.silenced and row.deploy for row in rows),
        "silenced": sum(row.silenced for row in rows),
        "deploy_section": report["sections"].get("deploy", {}),
        "groups": [
            (name, heading, [(row, positions[id(row)] in shown) for row in members])
            for name, heading, members in groups(rows)
        ],
        "kinds": kinds,
        "shown_total": len(shown),
        "kind": asked_for,
        "q": words,
        "filters": bool(words.strip() or asked_for),
    }
