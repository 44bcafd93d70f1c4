"""A report for a terminal or a log: plain lines, no colours."""

from __future__ import annotations

from typing import Any

from .facts import checks_line, facts


def render(report: dict[str, Any]) -> str:
    width = max(len(name) for name, _ in facts(report))
    lines = [f"{name:<{width}}  {value}" for name, value in facts(report)]
    lines += ["", "Apps"]
    for app in report["apps"]:
        if app["path"] is not None:
            count = len(report["migrations"]["apps"].get(app["label"], []))
            lines.append(
                f"  {app['label']}: {len(app['models'])} models, {count} migrations ({app['path']})"
            )
    lines += ["", checks_line(report), "", "Findings"]
    for finding in report["findings"]:
        place = f" {finding['file']}:{finding['line']}" if finding["file"] else ""
        lines.append(f"  {finding['severity']:<8}{finding['id']}{place}: {finding['title']}")
        if finding["why"]:
            lines.append(f"          {finding['why']}")
    if not report["findings"]:
        lines.append("  none")
    return "".join(f"{_printable(line)}\n" for line in lines)


def _printable(line: str) -> str:
    """Names come from the project: no control character of theirs reaches the terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
