"""What deserves attention, worst first; each with its evidence, why it matters and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspector_app.models import Workspace

from .checking import Checking
from .places import NOWHERE, Place, Places
from .static.reading import StaticReading

Finding = dict[str, Any]

_RANK = {"error": 0, "warning": 1, "info": 2}
_OF_LEVEL = {"critical": "error", "error": "error", "warning": "warning"}


def find(workspace: Workspace, reading: StaticReading, checking: Checking | None) -> list[Finding]:
    """Findings of a scan. Without ``checking`` only what the source text proves is said."""
    findings = [
        *_failure(checking),
        *_checks(checking, Places(reading)),
        *_conflicts(reading),
        *_missing_apps(workspace, reading),
        *_other_django(workspace, reading),
        *_unreadable(reading),
    ]
    return sorted(findings, key=lambda finding: _RANK[finding["severity"]])


def _finding(
    severity: str, title: str, identifier: str, place: Place, why: str, action: str
) -> Finding:
    return {
        "severity": severity,
        "title": title,
        "id": identifier,
        "file": place[0],
        "line": place[1],
        "why": why,
        "action": action,
    }


def _failure(checking: Checking | None) -> Iterator[Finding]:
    """A project that does not start, or did not tell everything, looks like one in order."""
    failure = checking.failure if checking is not None else None
    if failure is not None:
        yield _finding(
            "error",
            failure.title,
            failure.code,
            (failure.file, failure.line),
            failure.why,
            failure.action,
        )


def _checks(checking: Checking | None, places: Places) -> Iterator[Finding]:
    checks = checking.checks if checking is not None else None
    for check in checks.results if checks is not None else []:
        title, _, rest = check["msg"].partition("\n")
        where = f"{check['obj']}. " if check["obj"] else ""
        yield _finding(
            _OF_LEVEL.get(check["level"], "info"),
            title,
            check["id"] or "system check",
            places.of_check(check),
            (where + rest).strip(),
            check["hint"],
        )


def _conflicts(reading: StaticReading) -> Iterator[Finding]:
    for conflict in reading.migrations.conflicts:
        names = " and ".join(conflict["leaves"])
        files = {one["name"]: one["file"] for one in reading.migrations.apps[conflict["app"]]}
        yield _finding(
            "error",
            f"{conflict['app']} has {len(conflict['leaves'])} leaf migrations",
            "migration graph",
            (files.get(conflict["leaves"][-1], ""), 1),
            f"No migration follows {names}, so migrate stops before it starts.",
            "Create a merge migration with makemigrations --merge.",
        )


def _missing_apps(workspace: Workspace, reading: StaticReading) -> Iterator[Finding]:
    """Only where the interpreter's packages could be looked through, and are all in plain sight."""
    if workspace.bundled or not reading.packages_complete:
        return
    place = reading.settings.places.get("INSTALLED_APPS")
    for app in reading.apps:
        if app.folder is None:
            yield _finding(
                "warning",
                f"INSTALLED_APPS names {app.entry}, which was not found",
                "INSTALLED_APPS",
                (place.file, place.line) if place else NOWHERE,
                f"Neither the project nor the packages of {workspace.interpreter} have it.",
                "Install its package into that environment, or choose another interpreter.",
            )


def _other_django(workspace: Workspace, reading: StaticReading) -> Iterator[Finding]:
    asked = reading.django
    if asked is None or not workspace.django_version or asked.allows(workspace.django_version):
        return
    yield _finding(
        "warning",
        f"{asked.text} is asked for, Django {workspace.django_version} is used",
        "requirements",
        (asked.file, asked.line),
        "Checks and SQL can differ between releases of Django.",
        "Install the release that the project asks for, or choose another interpreter.",
    )


def _unreadable(reading: StaticReading) -> Iterator[Finding]:
    for file, problem in reading.unreadable.items():
        yield _finding(
            "info",
            f"{file} {problem}",
            "static reading",
            (file, 0),
            "What it declares is missing in what was read from the source text.",
            "",
        )
