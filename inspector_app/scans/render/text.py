"""A report for a terminal or a log: plain lines, no colours."""

from __future__ import annotations

import textwrap
from typing import Any

from .facts import amount, checks_line, facts, gaps, own_apps, partly, place

WIDTH = 100
_INDENT = " " * 10


def render(report: dict[str, Any]) -> str:
    known = facts(report)
    width = max(len(name) for name, _ in known)
    lines = [f"{name:<{width}}  {value}" for name, value in known]
    lines += ["", "Apps", *_apps(report), "", checks_line(report), "", "Findings"]
    lines += [line for finding in report["findings"] for line in _finding(finding)] or ["  none"]
    missing = gaps(report)
    if missing:
        lines += ["", "Could not be read", *(f"  {gap}" for gap in missing)]
    notes = partly(report)
    if notes:
        lines += ["", "Known in part", *(f"  {note}" for note in notes)]
    return "".join(f"{_printable(line)}\n" for line in lines)


def _apps(report: dict[str, Any]) -> list[str]:
    apps = own_apps(report)
    width = max((len(label) for label, *_ in apps), default=0)
    return [
        f"  {label:<{width}}  {amount(models, 'model')}, {amount(migrations, 'migration')} ({path})"
        for label, models, migrations, path in apps
    ] or ["  none in the project"]


def _finding(finding: dict[str, Any]) -> list[str]:
    where = place(finding)
    lines = [f"  {finding['severity']:<8}{finding['id']}{f'  {where}' if where else ''}"]
    for text in (finding["title"], finding["why"], finding["action"]):
        for paragraph in text.splitlines():
            lines += textwrap.wrap(
                paragraph,
                WIDTH,
                initial_indent=_INDENT,
                subsequent_indent=_INDENT,
                break_long_words=False,
                break_on_hyphens=False,
            )
    return lines


def _printable(line: str) -> str:
    """Names come from the project: no control character of theirs reaches the terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
