"""The numbers that every page shows of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.models import Scan, Workspace
from inspector_app.scans.scan import scan
from inspector_app.scans.totals import Totals, count_totals, own_labels, totals, totals_of
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row(sample: Path) -> Scan:
    """What the sample's source text tells."""
    workspace = open_path(sample)
    return workspace.scans.get()


def counted(row: Scan, **parts: Any) -> Totals:
    return count_totals(row.report | parts)


def test_they_are_those_of_the_report(row: Scan) -> None:
    found, report = totals(row.workspace), row.report

    assert found is not None
    assert found.urls == len(report["urls"])
    assert found.settings == len(report["settings"]["changed"])
    assert found.migrations == sum(len(one) for one in report["migrations"]["apps"].values())
    own = [app for app in report["apps"] if app["path"] is not None]
    assert found.own == {app["label"] for app in own}
    made_by_django = [model for app in own for model in app["models"] if model["auto_created"]]
    assert found.models == sum(len(app["models"]) for app in own) - len(made_by_django)
    assert own_labels(row.workspace) == found.own


def test_what_is_not_known_is_not_zero(row: Scan) -> None:
    found = totals(row.workspace)

    assert found is not None
    assert (found.checks, found.unapplied, found.database) == (None, None, None)


def test_errors_are_counted_among_the_checks(row: Scan) -> None:
    levels = ("error", "info", "critical")
    checks = row.report["checks"] | {"default": [{"level": level} for level in levels]}

    found = counted(row, checks=checks)

    assert (found.checks, found.errors) == (3, 2)


def test_the_database_tells_how_many_are_applied(row: Scan) -> None:
    trust.grant(row.workspace)

    database = totals_of(scan(row.workspace)).database

    assert database is not None
    assert (
        database["applied"] + sum(number for _, number in database["unapplied"])
        == (database["known"])
    )


def test_models_that_findings_are_about_are_named(row: Scan) -> None:
    [label, *_] = [model["label"] for app in row.report["apps"] for model in app["models"]]
    objects = [f"{label}.name", "nobody.Nothing", "DEBUG"]

    assert counted(row, findings=[{"object": one} for one in objects]).subjects == [label]


def test_numbers_of_an_earlier_version_are_counted_again(row: Scan) -> None:
    expected = totals(Workspace.objects.get())
    Scan.objects.filter(pk=row.pk).update(totals={"models": 1})

    assert totals(Workspace.objects.get()) == expected
    row.refresh_from_db()
    assert row.totals != {"models": 1}
