"""A report as one HTML file, escaped by Django's templates; it needs nothing beside it."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from . import rows
from .changes import changes, moment
from .facts import checks_line, facts, findings_line, gaps, own_apps, partly, place

# Of a finding; the JSON report has more.
_EVIDENCE = 10


def render(report: dict[str, Any]) -> str:
    rest = {
        "report": report,
        "read_at": moment(report["generated_at"]),
        "models": rows.models(report),
        "settings": rows.settings(report),
        "urls": rows.urls(report),
    }
    return render_to_string("inspector_app/report.html", body(report) | rest)


def body(report: dict[str, Any]) -> dict[str, Any]:
    """What its template needs for all but its head and the long tables at its end."""
    return {
        "facts": facts(report),
        "apps": own_apps(report),
        "checks_line": checks_line(report),
        "findings_line": findings_line(report),
        "findings": [_finding(finding) for finding in report["findings"]],
        "changes": changes(report),
        "gaps": gaps(report),
        "partly": partly(report),
    }


def _finding(finding: dict[str, Any]) -> dict[str, Any]:
    where = place(finding)
    more = [(text, at) for text, at in rows.evidence(finding) if at and at != where]
    return {**finding, "place": where, "more": more[:_EVIDENCE]}
