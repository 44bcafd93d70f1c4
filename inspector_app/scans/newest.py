"""The newest finished scan of a workspace: parts of its report, and the numbers every page shows.

The report of a large project is megabytes of JSON. SQLite takes out of it what is asked for, which
is faster than to read all of it, and leaves the engine small.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Func, IntegerField, TextField, Value, When
from django.db.models.lookups import Exact

from inspector_app.models import Scan, Workspace

from .history import finished

_REPORT = F("report")
_LISTED = ("id", "workspace_id", "state", "source", "finished_at", "seconds")


@dataclass(frozen=True)
class Newest:
    """The scan, and of its report ``sections`` and what was asked for; None for what is absent."""

    scan: Scan
    report: dict[str, Any]


def newest(workspace: Workspace, *names: str) -> Newest | None:
    """The top-level parts ``names`` of the newest report; None before the first scan."""
    wanted = ("sections", *names, "format")
    paths = [Value(f"$.{name}") for name in wanted]
    parts = Func(_REPORT, *paths, function="json_extract", output_field=TextField())
    scan = finished(workspace).only(*_LISTED).annotate(parts=parts).first()
    if scan is None:
        return None
    values = json.loads(scan.parts)
    return Newest(scan, dict(zip(wanted, values, strict=True)))


@dataclass(frozen=True)
class Totals:
    """What the sidebar says of each section; None where it is not known.

    ``own`` are the labels of the project's own apps.
    """

    models: int | None
    migrations: int | None
    unapplied: int | None
    conflicts: int | None
    urls: int | None
    settings: int | None
    checks: int | None
    errors: int | None
    own: frozenset[str]


def totals(workspace: Workspace) -> Totals | None:
    """The numbers of the newest report; None before the first."""
    found = finished(workspace).values_list("pk", "finished_at").first()
    return None if found is None else _totals(*found)


def own_labels(workspace: Workspace) -> frozenset[str]:
    """The labels of the project's own apps, in the newest report."""
    found = totals(workspace)
    return found.own if found is not None else frozenset()


@functools.lru_cache(maxsize=16)
def _totals(scan: int, _finished_at: datetime | None) -> Totals:
    """Counted once: a finished scan does not change, and every page asks."""
    counted = {
        "models": _own_models(),
        "migrations": _sum_of_lengths("$.migrations.apps"),
        "unapplied": _number("$.migrations.unapplied"),
        "conflicts": _length("$.migrations.conflicts"),
        "urls": _length("$.urls"),
        "settings": _length("$.settings.changed"),
        "checks": _length("$.checks.default"),
        "errors": _errors("$.checks.default"),
        "own": _own("$.apps"),
    }
    rows = Scan.objects.filter(pk=scan).annotate(**{f"n_{k}": v for k, v in counted.items()})
    found: dict[str, Any] = rows.values(*(f"n_{name}" for name in counted)).get()
    numbers = {name: found[f"n_{name}"] for name in counted}
    return Totals(**numbers | {"own": frozenset(json.loads(numbers["own"]))})


def _own_models() -> Func:
    """The project's own models, as the Models page counts them."""
    return _sql(
        "$.apps",
        "(SELECT count(*) FROM json_each(%(expressions)s) AS app, json_each(app.value, '$.models')"
        " AS model WHERE json_extract(app.value, '$.path') IS NOT NULL"
        " AND NOT json_extract(model.value, '$.auto_created'))",
    )


def _sql(path: str, template: str) -> Func:
    return Func(_REPORT, Value(path), template=template, output_field=IntegerField())


def _length(path: str) -> Case:
    """Null for what is no list: SQLite says 0 of it, as if it were known."""
    kind = Func(_REPORT, Value(path), function="json_type", output_field=TextField())
    counted = _sql(path, "json_array_length(%(expressions)s)")
    return Case(When(Exact(kind, Value("array")), then=counted), default=None)


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


def _own(path: str) -> Func:
    return Func(
        _REPORT,
        Value(path),
        template=(
            "(SELECT json_group_array(json_extract(value, '$.label'))"
            " FROM json_each(%(expressions)s) WHERE json_extract(value, '$.path') IS NOT NULL)"
        ),
        output_field=TextField(),
    )
