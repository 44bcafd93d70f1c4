"""Releases of Django and Python that get no security fixes any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from inspector_app.workspaces.versions import numbers

from . import support_table as table
from .context import Context
from .finding import WARNING, Finding, Report, evidence, finding


def end_of_life(report: Report, _context: Context) -> Iterator[Finding]:
    """As of the day on which the report was made."""
    today = datetime.fromisoformat(report["generated_at"]).date()
    bundled = report["interpreter"]["bundled"]
    # DJDesk's own Python and Django are no news about the project.
    if not bundled:
        yield from _one(
            "python-end-of-life", "Python", report["project"]["python"], table.PYTHON, today, report
        )
    asked = (report.get("requirement") or {}).get("version") or ""
    if not bundled or asked:
        version = asked if bundled else report["project"]["django"]
        yield from _one("django-end-of-life", "Django", version, table.DJANGO, today, report)


def _one(
    rule: str, what: str, version: str, ends: dict[table.Release, date], today: date, report: Report
) -> Iterator[Finding]:
    known = numbers(version)
    ended = ends.get((known[0], known[1])) if len(known) > 1 else None
    if ended is None or today <= ended:
        return
    alive = [".".join(map(str, release)) for release, end in ends.items() if end >= today]
    requirement = report.get("requirement") if what == "Django" else None
    place = (requirement["file"], requirement["line"]) if requirement else ("", 0)
    where = f"in {report['interpreter']['path']}" if not place[0] else "asked for here"
    yield finding(
        rule,
        WARNING,
        f"{what} {version} gets no security fixes since {ended:%-d %B %Y}",
        proof=[evidence(f"{what} {version}, {where}", place)],
        why=f"What is found in it from then on stays open. Known as of {table.AS_OF:%-d %B %Y}.",
        action=f"Supported are {', '.join(alive)}."
        + (
            f" {'.'.join(map(str, table.DJANGO_LTS))} has long-term support."
            if what == "Django" and ends.get(table.DJANGO_LTS, today) > today
            else ""
        ),
        identifier="support dates",
        about=what,
    )
