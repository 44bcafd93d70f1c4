"""A report as Markdown."""

from __future__ import annotations

from typing import Any

from inspector_app.exports.cells import quote

from .facts import checks_line, facts


def render(report: dict[str, Any]) -> str:
    lines = ["# Django project report", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {quote(value)} |" for name, value in facts(report)]
    lines += ["", "## Apps", "", "| App | Models | Migrations | Folder |", "|---|---|---|---|"]
    for app in report["apps"]:
        if app["path"] is not None:
            count = len(report["migrations"]["apps"].get(app["label"], []))
            row = [app["label"], str(len(app["models"])), str(count), app["path"]]
            lines.append(f"| {' | '.join(map(quote, row))} |")
    lines += ["", "## Findings", "", quote(checks_line(report)), ""]
    for finding in report["findings"]:
        lines.append(
            f"- **{finding['severity']}** {quote(finding['id'])}: {quote(finding['title'])} "
            f"{quote(finding['why'])}".rstrip()
        )
    return "\n".join(lines) + "\n"
