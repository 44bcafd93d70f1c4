from __future__ import annotations

from typing import Any

import pytest

from inspector_app.scans.findings.admin_lists import one_query_each, unindexed_filters
from inspector_app.scans.findings.context import Context

from .reports import app, foreign_key, model, report


def admin(display: list[str], selected: Any = False, **more: Any) -> dict[str, Any]:
    return {
        "model": "shop.Order",
        "class": "shop.admin.OrderAdmin",
        "file": "shop/admin.py",
        "line": 5,
        "list_display": display,
        "list_filter": [],
        "list_select_related": selected,
        "own_query": False,
    } | more


def found(rule: Any, fields: list[dict[str, Any]], *admins: dict[str, Any]) -> list[dict[str, Any]]:
    apps = [app("shop", model("shop.Order", *fields), model("shop.Customer"))]
    return list(rule(report(apps=apps, admin=list(admins)), Context()))


@pytest.mark.parametrize(
    ("null", "selected", "told"),
    [
        (True, False, True),
        (True, True, True),
        (True, ["customer"], False),
        (True, ["customer__country"], False),
        (True, ["other"], True),
        (True, None, False),
        (True, [], True),
        (False, [], True),
        (False, False, False),
        (False, True, False),
        (False, ["other"], True),
    ],
)
def test_a_relation_that_no_join_brings_along(null: bool, selected: Any, told: bool) -> None:
    fields = [foreign_key("customer", "shop.Customer", null=null)]

    assert bool(found(one_query_each, fields, admin(["id", "customer"], selected))) is told


@pytest.mark.parametrize("own", [True, None])
def test_nothing_is_said_of_a_list_that_the_project_asks_for_itself(own: bool | None) -> None:
    fields = [foreign_key("customer", "shop.Customer", null=True)]

    assert not found(one_query_each, fields, admin(["customer"], own_query=own))


def test_it_is_told_once_for_each_app() -> None:
    fields = [foreign_key("customer", "shop.Customer", null=True)]

    [one] = found(one_query_each, fields, admin(["customer"]), admin(["customer"], line=9))

    assert one["title"] == "2 admin lists of shop ask the database for a relation in each row"
    assert [each["line"] for each in one["evidence"]] == [5, 9]


def test_admins_of_packages_are_not_told() -> None:
    fields = [foreign_key("customer", "shop.Customer", null=True)]
    file = "/venv/lib/python3.12/site-packages/shop/admin.py"

    assert not found(one_query_each, fields, admin(["customer"], file=file))


@pytest.mark.parametrize(
    ("field", "more", "told"),
    [
        ({"db_index": False}, {}, True),
        ({"db_index": True}, {}, False),
        ({"db_index": None}, {}, False),
        ({"db_index": False, "on_delete": None}, {}, False),
        ({"db_index": False}, {"indexes": [{"name": "i", "fields": ["customer", "id"]}]}, False),
        ({"db_index": False}, {"indexes": [{"name": "i", "fields": ["id", "customer"]}]}, True),
        ({"db_index": False}, {"unique_together": [["customer", "id"]]}, False),
    ],
)
def test_a_filter_by_a_foreign_key_without_an_index(
    field: dict[str, Any],
    more: dict[str, Any],
    told: bool,
) -> None:
    order = model("shop.Order", foreign_key("customer", "shop.Customer", **field), **more)
    read = report(apps=[app("shop", order)], admin=[admin([], list_filter=["customer"])])

    assert bool(list(unindexed_filters(read, Context()))) is told
