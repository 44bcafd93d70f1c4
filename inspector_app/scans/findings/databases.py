"""Databases that did not answer."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .finding import INFO, WARNING, Finding, Report, evidence, finding
from .own import place_of_setting


def unreachable(report: Report, _context: Context) -> Iterator[Finding]:
    for one in report["databases"]:
        if one.get("reachable") is not False:
            continue
        error = one.get("error") or "it refused the connection"
        # A file that nobody has made yet is what every fresh checkout has.
        file = one["engine"] == "sqlite3"
        yield finding(
            "database-unreachable",
            INFO if file else WARNING,
            f"The database {one['alias']} does not answer: {error}",
            proof=[evidence(error, place_of_setting(report, "DATABASES"))],
            why="Which migrations are applied is therefore not known.",
            action="Run migrate to make it, or choose settings that name one which exists."
            if file
            else "Start it, or choose settings that name one which runs.",
            identifier="DATABASES",
            about=one["alias"],
        )
