from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.difference.compare import compare
from inspector_app.scans.difference.words import change_words, lines
from inspector_app.scans.scan import scan
from inspector_app.workspaces.opening import open_path, open_sample

pytestmark = pytest.mark.django_db(transaction=True)

Report = dict[str, Any]


@pytest.fixture
def report() -> Report:
    read: Report = open_sample().scans.all()[0].report
    return read


@pytest.fixture
def later(report: Report) -> Report:
    return copy.deepcopy(report)


def kind(difference: Report, name: str) -> Report:
    [found] = [one for one in difference["kinds"] if one["kind"] == name]
    return dict(found)


def names(difference: Report, name: str, way: str) -> list[str]:
    return [one["name"] for one in kind(difference, name)[way]]


def model_of(report: Report, label: str) -> Report:
    return next(m for app in report["apps"] for m in app["models"] if m["label"] == label)


def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    found = compare(report, copy.deepcopy(report))

    assert (found["total"], found["kinds"], found["cautions"]) == (0, [], [])


def test_moved_lines_are_no_difference(report: Report, later: Report) -> None:
    for app in later["apps"]:
        for model in app["models"]:
            model["line"] += 7

    assert compare(report, later)["total"] == 0


def test_a_new_model_comes_without_its_fields(project: Path) -> None:
    workspace = open_path(project)
    (project / "orders" / "models.py").write_text(
        "from django.db import models\n\n\nclass Order(models.Model):\n"
        "    number = models.IntegerField()\n"
    )

    difference = scan(workspace).difference

    assert difference is not None
    assert names(difference, "models", "added") == ["orders.Order"]
    assert kind(difference, "models")["added"][0]["line"] == 4
    assert not [one for one in difference["kinds"] if one["kind"] == "fields"]


def test_a_field_that_changes_says_what_of_it(report: Report, later: Report) -> None:
    model_of(later, "customers.Customer")["fields"][1].update(null=True, kind="TextField")

    [changed] = kind(compare(report, later), "fields")["changed"]

    assert changed["name"].startswith("customers.Customer.")
    words = [change_words(change) for change in changed["changes"]]
    assert words[1] == "null: false → true"
    assert words[0].endswith("→ TextField")


def test_what_one_scan_does_not_know_is_no_change(report: Report, later: Report) -> None:
    model_of(report, "customers.Customer")["fields"][1]["help_text"] = None
    model_of(later, "customers.Customer")["fields"][1]["help_text"] = "Known now"
    for migrations in later["migrations"]["apps"].values():
        for one in migrations:
            one["applied"] = True

    assert compare(report, later)["total"] == 0


def test_a_migration_that_was_applied_is_a_change(report: Report, later: Report) -> None:
    for each, applied in ((report, False), (later, True)):
        each["migrations"]["apps"]["billing"][0]["applied"] = applied

    [changed] = kind(compare(report, later), "migrations")["changed"]

    assert changed["name"] == "billing 0001_initial"
    assert changed["changes"] == [{"fact": "applied", "before": "false", "after": "true"}]


def url(route: str, view: str = "shop.views.index", name: str | None = "index") -> Report:
    return {"route": route, "name": name, "view": view, "file": "shop/urls.py", "line": 3}


def test_urls_are_told_apart_by_route_and_name(report: Report, later: Report) -> None:
    way = {"source": "static", "ok": True, "error": None, "seconds": 0.1}
    report["sections"]["urls"] = later["sections"]["urls"] = way
    report["urls"] = [url("a/"), url("b/"), url("b/")]
    later["urls"] = [url("a/", "shop.views.other"), url("b/"), url("c/")]

    found = compare(report, later)

    assert names(found, "urls", "added") == ["/c/"]
    assert names(found, "urls", "removed") == ["/b/"]
    assert kind(found, "urls")["changed"][0]["changes"][0]["after"] == "shop.views.other"


def setting(name: str, value: Any, *, redacted: bool = False) -> Report:
    return {"name": name, "value": value, "redacted": redacted}


def test_a_nested_setting_says_which_part_changed(report: Report, later: Report) -> None:
    caches = {"default": {"BACKEND": "locmem", "TIMEOUT": 300}}
    report["settings"]["changed"] = [setting("CACHES", caches), setting("APPS", ["a", "b"])]
    changed = {"default": {"BACKEND": "locmem", "TIMEOUT": 60, "KEY_PREFIX": "x"}}
    later["settings"]["changed"] = [setting("CACHES", changed), setting("APPS", ["b", "c"])]

    both = kind(compare(report, later), "settings")["changed"]

    assert [change_words(change) for change in both[0]["changes"]] == [
        "default.TIMEOUT: 300 → 60",
        "default.KEY_PREFIX: not set → x",
    ]
    assert both[1]["changes"] == [{"fact": "", "before": '["a"]', "after": '["c"]'}]


def test_a_list_in_another_order_says_so(report: Report, later: Report) -> None:
    report["settings"]["changed"] = [setting("MIDDLEWARE", ["a", "b"])]
    later["settings"]["changed"] = [setting("MIDDLEWARE", ["b", "a"])]

    [changed] = kind(compare(report, later), "settings")["changed"]

    assert change_words(changed["changes"][0]) == "in another order"


def test_no_redacted_value_is_compared(report: Report, later: Report) -> None:
    report["settings"]["changed"] = [setting("SECRET_KEY", None, redacted=True)]
    later["settings"]["changed"] = [setting("SECRET_KEY", None, redacted=True)]

    assert compare(report, later)["total"] == 0


def test_parts_read_in_another_way_are_not_compared(report: Report, later: Report) -> None:
    later["sections"]["models"]["source"] = "runtime"
    later["apps"][0]["models"] = []

    found = compare(report, later)

    assert {one["kind"] for one in found["not_compared"]} == {
        *("models", "fields", "relations", "findings")
    }
    assert not [one for one in found["kinds"] if one["kind"] == "models"]


def test_checks_that_ran_once_are_not_compared(report: Report, later: Report) -> None:
    way = {"source": "runtime", "ok": True, "error": None, "seconds": 0.1}
    later["sections"]["checks"] = way
    later["checks"]["default"] = [
        {"id": "x.W1", "level": "warning", "msg": "m", "hint": "", "obj": None}
    ]

    found = compare(report, later)

    assert {"kind": "checks", "why": "not read in the older scan"} in found["not_compared"]
    assert found["total"] == 0


def test_a_scan_that_saw_less_says_why(report: Report, later: Report) -> None:
    later["sections"]["models"].update(ok=False, error="orders/models.py has a syntax error")

    assert compare(report, later)["cautions"] == [
        "models, newer scan only: orders/models.py has a syntax error"
    ]


def test_long_lists_are_cut_and_counted(report: Report, later: Report) -> None:
    later["relations"] = [
        *later["relations"],
        *(
            {
                "from": "billing.Invoice",
                "to": "auth.User",
                "field": f"f{n}",
                "kind": "fk",
                "auto_created": False,
            }
            for n in range(9)
        ),
    ]

    relations = kind(compare(report, later, listed=4), "relations")

    assert (relations["totals"]["added"], len(relations["added"])) == (9, 4)


def test_lines_name_the_first_ones(report: Report, later: Report) -> None:
    later["migrations"]["apps"]["billing"] = []

    [line] = lines(compare(report, later))

    assert (line.sign, line.noun, line.names) == (
        "\N{MINUS SIGN}2",
        "migrations",
        "billing 0001_initial, billing 0002_initial",
    )
