from __future__ import annotations

from typing import Any

import pytest

from inspector_app.scans.findings.context import Context
from inspector_app.scans.findings.migration_graph import broken

from .reports import app, migration, model, report, settings

OWN = [app("shop", model("shop.Order")), app("site", model("site.Page"))]


def of(apps: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    known: dict[str, Any] = {"apps": apps, "conflicts": [], "unapplied": None}
    return list(broken(report(apps=OWN, migrations=known, **more), Context()))


def test_a_dependency_that_is_not_there_is_found() -> None:
    [one] = of({"shop": [migration("0002", dependencies=[["shop", "0001"]])]})

    assert one["title"] == "shop.0002 depends on shop.0001, which is not there"
    assert (one["rule"], one["file"]) == ("migration-dependency-missing", "shop/migrations/0002.py")


@pytest.mark.parametrize(
    "migrations",
    [
        [migration("0002", dependencies=[["site", "__first__"], ["auth", "0099_gone"]])],
        [
            migration("0001_squashed", replaces=[["shop", "0001"]]),
            migration("0002", dependencies=[["shop", "0001"]]),
        ],
        [migration("0001"), migration("0002", dependencies=[["shop", "0001"]])],
    ],
)
def test_what_django_can_follow_is_not_told(migrations: list[dict[str, Any]]) -> None:
    assert of({"shop": migrations}) == []


def test_nothing_is_said_of_migrations_that_are_elsewhere() -> None:
    apps = {"shop": [migration("0002", dependencies=[["shop", "0001"]])]}

    assert of(apps, settings=settings(MIGRATION_MODULES={"shop": "else.where"})) == []


def test_migrations_in_a_circle_are_found_with_their_places() -> None:
    [one] = of(
        {
            "shop": [
                migration("0001", dependencies=[["site", "0001"]]),
                migration("0002", dependencies=[["shop", "0001"]]),
            ],
            "site": [migration("0001", dependencies=[["shop", "0001"]])],
        }
    )

    assert one["title"] == "shop.0001 and site.0001 depend on each other"
    assert len(one["evidence"]) == 2


def test_a_thousand_migrations_in_a_row_are_no_circle() -> None:
    row = [migration("0")]
    row += [migration(str(n), dependencies=[["shop", str(n - 1)]]) for n in range(1, 5000)]

    assert of({"shop": row[::-1]}) == []
