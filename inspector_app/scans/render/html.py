"""A report as one HTML file, escaped by Django's templates."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from .facts import checks_line, facts


def render(report: dict[str, Any]) -> str:
    return render_to_string(
        "inspector_app/report.html",
        {"report": report, "facts": facts(report), "checks_line": checks_line(report)},
    )
