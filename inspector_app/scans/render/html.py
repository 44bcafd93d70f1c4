"""A report as one HTML file, escaped by Django's templates; it needs nothing beside it."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from .facts import checks_line, facts, gaps, own_apps, partly, place


def render(report: dict[str, Any]) -> str:
    findings = [{**finding, "place": place(finding)} for finding in report["findings"]]
    return render_to_string(
        "inspector_app/report.html",
        {
            "report": report,
            "facts": facts(report),
            "apps": own_apps(report),
            "checks_line": checks_line(report),
            "findings": findings,
            "gaps": gaps(report),
            "partly": partly(report),
        },
    )
