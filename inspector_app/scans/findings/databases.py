"""Databases that did not answer."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .finding import WARNING, Finding, Report, evidence, finding
from .own import place_of_setting


def unreachable(report: Report, _context: Context) -> Iterator[Finding]:
    for one in report["databases"]:
        if one.get("reachable") is not False:
            continue
        error = one.get("error") or "it refused the connection"
        yield finding(
            "database-unreachable",
            WARNING,
            f"The database {one['alias']} does not answer",
            proof=[evidence(error, place_of_setting(report, "DATABASES"))],
            why=f"{error}. Which migrations are applied is therefore not known.",
            action="Start it, or choose settings that name one which runs.",
            identifier="DATABASES",
            about=one["alias"],
        )
