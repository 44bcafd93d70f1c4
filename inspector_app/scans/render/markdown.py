"""A report as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inspector_app.exports.cells import quote

from . import rows
from .changes import changes, moment
from .facts import checks_line, facts, findings_line, gaps, own_apps, partly, place

# Of a finding; the JSON report has more.
_EVIDENCE = 10


def render(report: dict[str, Any]) -> str:
    lines = ["# Django project report", ""]
    read_at = moment(report["generated_at"])
    lines += [f"Read by DJDesk {quote(report['djdesk'])} on {read_at}.", ""]
    lines += ["| Fact | |", "|---|---|"]
    lines += [_row(name, value) for name, value in facts(report)]
    lines += ["", "## Apps", "", "| App | Models | Migrations | Folder |", "|---|---:|---:|---|"]
    lines += [_row(*map(str, app)) for app in own_apps(report)]
    lines += _changes(report)
    lines += ["", "## Findings", "", f"{quote(checks_line(report))}.", ""]
    lines += [f"In all: {findings_line(report)}.", ""]
    lines += [_finding(finding) for finding in report["findings"]] or ["None."]
    missing = gaps(report)
    if missing:
        lines += ["", "## Could not be read", "", *(f"- {quote(gap)}" for gap in missing)]
    notes = partly(report)
    if notes:
        lines += ["", "## Known in part", "", *(f"- {quote(note)}" for note in notes)]
    lines += _table("Models", ("Model", "Fields", "Table", "Place"), rows.models(report))
    lines += _table("Settings", ("Setting", "Value", "Place"), rows.settings(report))
    lines += _table("URLs", ("Route", "Name", "View", "Place"), rows.urls(report))
    return "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(quote(cell) for cell in cells)} |"


def _table(title: str, head: tuple[str, ...], body: Sequence[tuple[str, ...]]) -> list[str]:
    if not body:
        return []
    lines = ["", f"## {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return [*lines, *(_row(*cells) for cells in body)]


def _changes(report: dict[str, Any]) -> list[str]:
    compared = changes(report)
    if compared is None:
        return []
    lines = ["", f"## {quote(compared.title)}", ""]
    lines += [
        f"- **{one.way}** {quote(one.noun)} {quote(one.name)}"
        + (f": {quote(one.detail)}" if one.detail else "")
        for one in compared.entries
    ] or ["Nothing."]
    lines += [f"- and {compared.more} more"] if compared.more else []
    return [*lines, *(f"- {quote(note)}" for note in compared.notes)]


def _finding(finding: dict[str, Any]) -> str:
    where = place(finding)
    head = f"- **{finding['severity']}** {quote(finding['id'])}"
    text = " ".join(part for part in (finding["title"], finding["why"], finding["action"]) if part)
    line = f"{head}{f' {quote(where)}' if where else ''}: {quote(text)}"
    more = [(text, at) for text, at in rows.evidence(finding) if at and at != where]
    shown = [f"  - {quote(at)} {quote(text)}" for text, at in more[:_EVIDENCE]]
    return "\n".join([line, *shown])
