"""Overview: what a project is, taken from the newest finished scan."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest

from inspector_app.models import Scan, Workspace
from inspector_app.scans import progress
from inspector_app.scans.difference.words import lines
from inspector_app.scans.history import before
from inspector_app.scans.newest import parts
from inspector_app.scans.render.facts import engine, gaps, partly
from inspector_app.scans.totals import Totals, totals_of

from .finding_links import FindingLinks
from .page import workspace_page

# Of a report; what takes long to read, its models and URLs, is shown in numbers.
PARTS = (
    "apps_complete",
    "checks",
    "databases",
    "findings",
    "project",
    "requirement",
    "sections",
    "settings",
)
UNKNOWN_UNTRUSTED = (
    "System checks",
    "Which migrations are applied",
    "URL patterns and view names",
    "Effective settings values",
    "Models that are made at run time",
)


@workspace_page("inspector_app/overview/page.html")
def overview(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:  # noqa: ARG001
    latest = workspace.newest_scan
    running = progress.of(latest) if latest is not None else None
    return {
        "scanning": latest if latest is not None and latest.active else None,
        "progress": running.as_dict() if running is not None else None,
        "scan_problem": latest.problem if latest is not None else None,
        "stopped": latest is not None and latest.state == Scan.State.CANCELLED,
        **of_scan(workspace.newest_reading, workspace.slug),
    }


def of_scan(done: Scan | None, slug: str | None = None) -> dict[str, Any]:
    """What the page shows of a finished scan.

    The sections show the newest scan: with ``slug``, the workspace of which it is that one,
    findings lead there.
    """
    context: dict[str, Any] = {"done": done, "unknown": UNKNOWN_UNTRUSTED}
    if done is not None:
        report, counted = parts(done, *PARTS), totals_of(done)
        context |= _read(report, counted)
        if slug is not None:
            settings = {one["name"] for one in report["settings"]["changed"]}
            links = FindingLinks(slug, counted.subjects, settings)
            context["findings"] = [{**one, "next": links.of(one)} for one in context["findings"]]
        difference = done.difference
        context["changed"] = list(lines(difference)) if difference is not None else None
        context["first_run"] = _is_the_first_to_run(done)
    return context


def _is_the_first_to_run(done: Scan) -> bool:
    """Whether the scan before this one only read the source text, so that little compares."""
    if done.source == "static" or not (done.difference or {}).get("not_compared"):
        return False
    earlier = before(done)
    return earlier is not None and earlier.source == "static"


def _read(report: dict[str, Any], counted: Totals) -> dict[str, Any]:
    findings = report["findings"]
    severities = Counter(finding["severity"] for finding in findings)
    return {
        "report": report,
        "counts": counted.counts,
        **_apps(report, counted),
        "migrations": counted.database,
        "migration_total": counted.migrations,
        "conflict_total": counted.conflicts,
        "unapplied_total": counted.unapplied,
        "unnamed_total": counted.unnamed,
        "setting_total": counted.settings,
        "databases": [(one["alias"], engine(one)) for one in report["databases"]],
        "database_error": next(
            (one.get("error") for one in report["databases"] if one["alias"] == "default"), None
        ),
        "gaps": [*gaps(report), *partly(report)],
        "checks": report["checks"]["default"],
        **_running(report, counted),
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
        "error_total": counted.errors,
    }


def _apps(report: dict[str, Any], counted: Totals) -> dict[str, Any]:
    """The project's own apps, each with what is noticed about it."""
    unapplied = dict((counted.database or {}).get("unapplied", ()))
    users = next(
        (one["value"] for one in report["settings"]["changed"] if one["name"] == "AUTH_USER_MODEL"),
        None,
    )
    user_app = str(users).strip("'\"").partition(".")[0]
    apps = [
        {**app, "unapplied": unapplied.get(app["label"]), "users": app["label"] == user_app}
        for app in counted.apps
    ]
    noticed = any(app["leaves"] or app["unapplied"] or app["users"] for app in apps)
    return {"apps": apps, "noticed": noticed}


def _running(report: dict[str, Any], counted: Totals) -> dict[str, Any]:
    """What the running project told; the number is None where it did not."""

    def told(name: str) -> bool:
        section = report["sections"].get(name)
        return section is not None and section["source"] == "runtime"

    return {
        "running": told("models"),
        "url_total": counted.urls if told("urls") and told("settings") else None,
    }
