"""Overview: what a project is, taken from the newest finished scan."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest

from inspector_app.models import Scan, Workspace
from inspector_app.scans import progress
from inspector_app.scans.counts import count, declared
from inspector_app.scans.difference.words import lines
from inspector_app.scans.history import finished
from inspector_app.scans.render.facts import engine, gaps, partly
from inspector_app.sections.migrations import APPLIED, UNAPPLIED, History

from .finding_links import FindingLinks
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
    latest = workspace.scans.defer(*Scan.LONG).first()
    running = progress.of(latest) if latest is not None else None
    return {
        "scanning": latest if latest is not None and latest.active else None,
        "progress": running.as_dict() if running is not None else None,
        "scan_problem": latest.problem if latest is not None else None,
        "stopped": latest is not None and latest.state == Scan.State.CANCELLED,
        **of_scan(finished(workspace).defer("files").first(), workspace.slug),
    }


def of_scan(done: Scan | None, slug: str | None = None) -> dict[str, Any]:
    """What the page shows of a finished scan.

    The sections show the newest scan: with ``slug``, the workspace of which it is that one,
    findings lead there.
    """
    context: dict[str, Any] = {"done": done, "unknown": UNKNOWN_UNTRUSTED}
    if done is not None:
        context |= _read(done.report)
        if slug is not None:
            links = FindingLinks(slug, done.report)
            context["findings"] = [{**one, "next": links.of(one)} for one in context["findings"]]
        difference = done.difference
        context["changed"] = list(lines(difference)) if difference is not None else None
    return context


def _read(report: dict[str, Any]) -> dict[str, Any]:
    findings = report["findings"]
    severities = Counter(finding["severity"] for finding in findings)
    return {
        "report": report,
        "counts": count(report),
        "apps": _apps(report),
        "databases": [(one["alias"], engine(one)) for one in report["databases"]],
        "migrations": _migrations(report),
        "gaps": [*gaps(report), *partly(report)],
        "conflict_total": len(report["migrations"]["conflicts"]),
        "checks": report["checks"]["default"],
        **_running(report),
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


def _running(report: dict[str, Any]) -> dict[str, Any]:
    """What the running project told; the numbers are None where it did not."""

    def told(name: str) -> bool:
        section = report["sections"].get(name)
        return section is not None and section["source"] == "runtime"

    both = told("urls") and told("settings")
    urls = report["urls"]
    return {
        "running": told("models"),
        "url_total": len(urls) if both else None,
        "unnamed_total": sum(url["name"] is None for url in urls),
        "setting_total": len(report["settings"]["changed"]),
    }


def _migrations(report: dict[str, Any]) -> dict[str, Any] | None:
    """How far the database default is; None where nothing was asked about it."""
    section = report["sections"].get("migrations")
    if section is None or section["source"] != "runtime":
        return None
    own = frozenset(app["label"] for app in report["apps"] if app["path"] is not None)
    history = History(report, own)
    states = Counter(row.state for row in history.rows.values())
    return {
        "applied": states[APPLIED],
        "known": states[APPLIED] + states[UNAPPLIED],
        "unapplied": [(app.label, app.unapplied) for app in history.apps if app.unapplied],
        "conflicts": report["migrations"]["conflicts"],
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
