"""The newest finished scan of a workspace, and the numbers that every page shows of it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Value

from inspector_app.models import Scan, Workspace


def newest(workspace: Workspace) -> Scan | None:
    """The newest finished scan, with its report."""
    return _finished(workspace).first()


def own_labels(report: dict[str, Any]) -> frozenset[str]:
    """The labels of the project's own apps."""
    return frozenset(app["label"] for app in report["apps"] if app["path"] is not None)


@dataclass(frozen=True)
class Totals:
    """What the sidebar says of each section; None where it is not known."""

    models: int | None
    migrations: int | None
    unapplied: int | None
    conflicts: int | None
    urls: int | None
    settings: int | None
    checks: int | None
    errors: int | None


def totals(workspace: Workspace) -> Totals | None:
    """The numbers of the newest report; None before the first."""
    found = _finished(workspace).values_list("pk", "finished_at").first()
    return None if found is None else _totals(*found)


@functools.lru_cache(maxsize=16)
def _totals(scan: int, _finished_at: datetime) -> Totals:
    """Counted once, by SQLite: every page asks, and a report can be megabytes of JSON."""
    counted = {
        "models": _own_models(),
        "migrations": _sum_of_lengths("$.migrations.apps"),
        "unapplied": _number("$.migrations.unapplied"),
        "conflicts": _length("$.migrations.conflicts"),
        "urls": _length("$.urls"),
        "settings": _length("$.settings.changed"),
        "checks": _length("$.checks.default"),
        "errors": _errors("$.checks.default"),
    }
    row = Scan.objects.filter(pk=scan).annotate(**{f"n_{k}": v for k, v in counted.items()})
    return Totals(*row.values_list(*(f"n_{name}" for name in counted)).get())


def _own_models() -> Func:
    """The project's own models, as the Models page counts them."""
    return _sql(
        "$.apps",
        "(SELECT count(*) FROM json_each(%(expressions)s) AS app, json_each(app.value, '$.models')"
        " AS model WHERE json_extract(app.value, '$.path') IS NOT NULL"
        " AND NOT json_extract(model.value, '$.auto_created'))",
    )


def _finished(workspace: Workspace) -> QuerySet[Scan]:
    return workspace.scans.filter(state=Scan.State.DONE)


def _sql(path: str, template: str) -> Func:
    return Func(F("report"), Value(path), template=template, output_field=IntegerField())


def _length(path: str) -> Func:
    """Of an array; null where the report says null, because nobody asked."""
    return _sql(path, "json_array_length(json_extract(%(expressions)s))")


def _number(path: str) -> Func:
    return _sql(path, "json_extract(%(expressions)s)")


def _sum_of_lengths(path: str) -> Func:
    return _sql(path, "(SELECT sum(json_array_length(value)) FROM json_each(%(expressions)s))")


def _errors(path: str) -> Func:
    return _sql(
        path,
        "(SELECT count(*) FROM json_each(%(expressions)s)"
        " WHERE json_extract(value, '$.level') IN ('error', 'critical'))",
    )
