"""Overview: what a project is, taken from the newest finished scan."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest

from inspector_app.models import Scan, Workspace
from inspector_app.scans.counts import count, declared
from inspector_app.scans.render.facts import engine, gaps, partly

from .page import workspace_page

UNKNOWN_UNTRUSTED = (
    "System checks",
    "Which migrations are applied",
    "URL patterns and view names",
    "Effective settings values",
    "Models that are made at run time",
)


@workspace_page("inspector_app/overview/page.html")
def overview(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:  # noqa: ARG001
    latest = workspace.scans.defer("report").first()
    done = workspace.scans.filter(state=Scan.State.DONE).first()
    context: dict[str, Any] = {
        "scanning": latest is not None and latest.state in (Scan.State.QUEUED, Scan.State.RUNNING),
        "scan_problem": latest.problem if latest is not None else None,
        "done": done,
        "unknown": UNKNOWN_UNTRUSTED,
    }
    if done is not None:
        context |= _read(done.report)
    return context


def _read(report: dict[str, Any]) -> dict[str, Any]:
    findings = report["findings"]
    severities = Counter(finding["severity"] for finding in findings)
    return {
        "report": report,
        "counts": count(report),
        "apps": _apps(report),
        "databases": [(one["alias"], engine(one)) for one in report["databases"]],
        "gaps": [*gaps(report), *partly(report)],
        "conflict_total": len(report["migrations"]["conflicts"]),
        "checks": report["checks"]["default"],
        "checks_error": report["sections"].get("checks", {}).get("error"),
        "findings": findings,
        "severities": [
            (severity, label, severities[severity])
            for severity, label in (
                ("error", "Errors"),
                ("warning", "Warnings"),
                ("info", "Info"),
            )
        ],
        "error_total": severities["error"],
    }


def _apps(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The project's own apps, each with its numbers and what was noticed about it."""
    migrations = report["migrations"]["apps"]
    leaves = {one["app"]: len(one["leaves"]) for one in report["migrations"]["conflicts"]}
    return [
        {
            "label": app["label"],
            "path": app["path"],
            "models": len(declared(app)),
            "migrations": len(migrations.get(app["label"], [])),
            "leaves": leaves.get(app["label"]),
        }
        for app in report["apps"]
        if app["path"] is not None
    ]
