"""What the pages of the sections have in common: the newest finished scan, and one under way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from inspector_app.models import Workspace
from inspector_app.scans.newest import newest

Context = dict[str, Any]


def section(workspace: Workspace, name: str, *parts: str) -> tuple[Context, dict[str, Any] | None]:
    """The context of a section's page, and ``parts`` of the report; None before the first scan."""
    latest = workspace.newest_scan
    found = newest(workspace, *parts)
    report = found.report if found is not None else None
    return {
        "scanning": latest is not None and latest.active,
        "scan_problem": latest.problem if latest is not None else None,
        "done": found.scan if found is not None else None,
        "section": report["sections"].get(name, {}) if report is not None else {},
    }, report


def follows(request: HttpRequest) -> bool:
    """Whether a page that is open asks what changed: it has the long lists already."""
    return "HX-Request" in request.headers and "HX-Target" not in request.headers
