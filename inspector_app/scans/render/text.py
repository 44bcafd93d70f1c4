"""A report for a terminal or a log: aligned, as wide as there is room, perhaps coloured."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from .changes import changes
from .facts import (
    amount,
    checks_line,
    facts,
    findings_line,
    gaps,
    no_apps_known,
    own_apps,
    partly,
    place,
)
from .rows import evidence
from .style import PLAIN, Style

_INDENT = " " * 10
# Of a finding; the JSON report has more.
_EVIDENCE = 5


def render(report: dict[str, Any], style: Style = PLAIN) -> str:
    return "".join(f"{line}\n" for line in _lines(report, style))


def _lines(report: dict[str, Any], style: Style) -> Iterator[str]:
    known = facts(report)
    width = max(len(name) for name, _ in known)
    for name, value in known:
        yield from _hanging(f"{name:<{width}}  ", printable(value), style, "dim")
    yield from ("", style.paint("Apps", "heading"), *_apps(report))
    yield from ("", printable(checks_line(report)))
    compared = changes(report)
    if compared is not None:
        yield from ("", style.paint(printable(compared.title), "heading"))
        for one in compared.entries:
            name = printable(f"{one.noun} {one.name}".strip())
            detail = f"  {printable(one.detail)}" if one.detail else ""
            yield f"  {style.paint(one.sign, one.way)} {name}{style.paint(detail, 'dim')}"
        if compared.more:
            yield f"  and {compared.more:,} more"
        yield from (f"  {printable(note)}" for note in compared.notes)
    yield from ("", style.paint(f"Findings: {findings_line(report)}", "heading"))
    for finding in report["findings"]:
        yield from _finding(finding, style)
    for title, texts in (("Could not be read", gaps(report)), ("Known in part", partly(report))):
        if texts:
            yield from ("", style.paint(title, "heading"))
            for text in texts:
                yield from _hanging("  ", printable(text), style, "dim")


def _apps(report: dict[str, Any]) -> list[str]:
    apps = [
        (
            printable(label),
            amount(models, "model"),
            amount(migrations, "migration"),
            printable(path),
        )
        for label, models, migrations, path in own_apps(report)
    ]
    widths = [max((len(row[column]) for row in apps), default=0) for column in range(3)]
    return [
        "  " + "  ".join([*(f"{row[at]:<{widths[at]}}" for at in range(3)), row[3]]) for row in apps
    ] or ["  not known" if no_apps_known(report) else "  none in the project"]


def _finding(finding: dict[str, Any], style: Style) -> Iterator[str]:
    severity = finding["severity"]
    where = printable(place(finding))
    head = [
        style.paint(f"{severity:<8}", severity),
        printable(finding["id"]),
    ]
    if where:
        head.append(f"  {style.paint(where, 'place')}")
    yield f"  {''.join(head)}"
    for text, tone in ((finding["title"], "strong"), (finding["why"], ""), (finding["action"], "")):
        for paragraph in text.splitlines():
            yield from _wrapped(printable(paragraph), style, tone)
    more = [(text, at) for text, at in evidence(finding) if at and at != place(finding)]
    for text, at in more[:_EVIDENCE]:
        yield from _wrapped(f"{printable(at)}  {printable(text)}", style, "dim")
    if len(more) > _EVIDENCE:
        yield style.paint(f"{_INDENT}and {len(more) - _EVIDENCE} more places", "dim")


def _wrapped(text: str, style: Style, tone: str = "") -> list[str]:
    lines = textwrap.wrap(
        text,
        style.width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [_INDENT + style.paint(line.strip(), tone) if tone else line for line in lines]


def _hanging(head: str, text: str, style: Style, tone: str) -> list[str]:
    """A name with its value, which goes on under itself."""
    lines = textwrap.wrap(
        text,
        max(style.width - len(head), 20),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
    return [
        (style.paint(head, tone) if number == 0 else " " * len(head)) + line
        for number, line in enumerate(lines)
    ]


def printable(text: str) -> str:
    """Names come from the project: no control character of theirs reaches the terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
