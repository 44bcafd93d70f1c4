"""A report as Markdown."""

from __future__ import annotations

from typing import Any

from inspector_app.exports.cells import quote

from .facts import checks_line, facts, gaps, own_apps, partly, place


def render(report: dict[str, Any]) -> str:
    lines = ["# Django project report", ""]
    lines += [f"Read by DJDesk {quote(report['djdesk'])}, {quote(report['generated_at'])}.", ""]
    lines += ["| Fact | |", "|---|---|"]
    lines += [_row(name, value) for name, value in facts(report)]
    lines += ["", "## Apps", "", "| App | Models | Migrations | Folder |", "|---|---:|---:|---|"]
    lines += [_row(*map(str, app)) for app in own_apps(report)]
    lines += ["", "## Findings", "", f"{quote(checks_line(report))}.", ""]
    lines += [_finding(finding) for finding in report["findings"]] or ["None."]
    missing = gaps(report)
    if missing:
        lines += ["", "## Could not be read", "", *(f"- {quote(gap)}" for gap in missing)]
    notes = partly(report)
    if notes:
        lines += ["", "## Known in part", "", *(f"- {quote(note)}" for note in notes)]
    return "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(quote(cell) for cell in cells)} |"


def _finding(finding: dict[str, Any]) -> str:
    where = place(finding)
    head = f"- **{finding['severity']}** {quote(finding['id'])}"
    text = " ".join(part for part in (finding["title"], finding["why"], finding["action"]) if part)
    return f"{head}{f' {quote(where)}' if where else ''}: {quote(text)}"
