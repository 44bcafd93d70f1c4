"""A report in numbers, which every page shows: counted once, when the report is made."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, fields
from typing import Any

from inspector_app.models import Scan, Workspace
from inspector_app.sections.migrations import APPLIED, UNAPPLIED, History

from .counts import count, declared

Report = dict[str, Any]


@dataclass(frozen=True)
class Totals:
    """What the sidebar says of each section, and Overview of the project.

    None where it is not known. ``apps`` are the project's own, with what each of them has,
    ``labels`` those of all installed ones, ``subjects`` the labels of the models that findings are
    about.
    """

    migrations: int
    unapplied: int | None
    conflicts: int | None
    urls: int | None
    unnamed: int
    settings: int | None
    checks: int | None
    errors: int
    apps: list[dict[str, Any]]
    labels: list[str]
    counts: dict[str, int | None]
    complete: bool
    database: dict[str, Any] | None
    subjects: list[str]

    @property
    def models(self) -> int:
        return self.counts["models"] or 0

    @property
    def own(self) -> frozenset[str]:
        """The labels of the project's own apps."""
        return frozenset(app["label"] for app in self.apps)


def count_totals(report: Report) -> Totals:
    migrations, checks, urls = report["migrations"], report["checks"]["default"], report["urls"]
    return Totals(
        migrations=sum(map(len, migrations["apps"].values())),
        unapplied=migrations["unapplied"],
        conflicts=_length(migrations["conflicts"]),
        urls=_length(urls),
        unnamed=sum(url["name"] is None for url in urls or ()),
        settings=_length(report["settings"]["changed"]),
        checks=_length(checks),
        errors=sum(one["level"] in ("error", "critical") for one in checks or ()),
        apps=_apps(report),
        labels=sorted(app["label"] for app in report["apps"]),
        counts=asdict(count(report)),
        complete=bool(report["apps_complete"]),
        database=_database(report),
        subjects=_subjects(report),
    )


def totals(workspace: Workspace) -> Totals | None:
    """The numbers of the newest report; None before the first."""
    scan = workspace.newest_reading
    return totals_of(scan) if scan is not None else None


def totals_of(scan: Scan) -> Totals:
    """Those of a finished scan; counted again where an earlier version counted something else."""
    if scan.totals is None or set(scan.totals) != {field.name for field in fields(Totals)}:
        scan.totals = asdict(count_totals(scan.report))
        Scan.objects.filter(pk=scan.pk).update(totals=scan.totals)
    return Totals(**scan.totals)


def own_labels(workspace: Workspace) -> frozenset[str]:
    """The labels of the project's own apps, in the newest report."""
    found = totals(workspace)
    return found.own if found is not None else frozenset()


def _length(part: list[Any] | None) -> int | None:
    return len(part) if part is not None else None


def _apps(report: Report) -> list[dict[str, Any]]:
    migrations = report["migrations"]["apps"]
    leaves = {one["app"]: len(one["leaves"]) for one in report["migrations"]["conflicts"] or ()}
    return [
        {
            "label": app["label"],
            "path": app["path"],
            "models": len(declared(app)),
            "migrations": len(migrations.get(app["label"], [])),
            "leaves": leaves.get(app["label"]),
        }
        for app in report["apps"]
        if app["path"] is not None
    ]


def _database(report: Report) -> dict[str, Any] | None:
    """How far the database default is; None where nothing was asked about it."""
    section = report["sections"].get("migrations")
    if section is None or section["source"] != "runtime":
        return None
    own = frozenset(app["label"] for app in report["apps"] if app["path"] is not None)
    history = History(report, own)
    states = Counter(row.state for row in history.rows.values())
    return {
        "applied": states[APPLIED],
        "known": states[APPLIED] + states[UNAPPLIED],
        "unapplied": [(app.label, app.unapplied) for app in history.apps if app.unapplied],
        "conflicts": report["migrations"]["conflicts"],
    }


def _subjects(report: Report) -> list[str]:
    models = {model["label"] for app in report["apps"] for model in app["models"]}
    about = {".".join(str(one["object"]).split(".")[:2]) for one in report["findings"]}
    return sorted(models & about)
