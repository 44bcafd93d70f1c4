"""Scans on pages and over HTTP."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

from tests.serving import Served

NEW_MODEL = "from django.db import models\n\n\nclass Order(models.Model):\n    pass\n"


def text_of(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def opened(served: Served, project: Path) -> None:
    served.open_first_page()
    status, answer = served.post("/api/workspaces/", {"path": str(project)})
    assert status == 201, answer


def rescanned(served: Served) -> int:
    served.post("/api/workspaces/shop/scan/", {})
    status = served.wait_until(
        "/api/workspaces/shop/status/", lambda status: status["scan"]["finished_at"]
    )
    assert status["scan"]["state"] == "done"
    return int(status["scan"]["id"])


def test_changed_files_are_marked_until_the_rescan(served: Served, project: Path) -> None:
    opened(served, project)
    (project / "orders" / "models.py").write_text(NEW_MODEL)

    status, answer = served.post("/api/workspaces/shop/changes/", {})
    assert (status, answer["total"]) == (200, 1)
    assert answer["files"] == [{"path": "orders/models.py", "change": "changed"}]
    page = text_of(served.get("/w/shop/")[1])
    assert "1 file changed since" in page
    assert "orders/models.py changed" in page

    rescanned(served)
    assert "1 file changed since" not in text_of(served.get("/w/shop/")[1])


def test_the_overview_says_what_changed(served: Served, project: Path) -> None:
    opened(served, project)
    assert "first scan that is kept" in text_of(served.get("/w/shop/")[1])
    (project / "orders" / "models.py").write_text(NEW_MODEL)

    scan = rescanned(served)

    assert "1 added: model orders.Order" in text_of(served.get("/w/shop/")[1])
    compared = text_of(served.get(f"/w/shop/scans/{scan}/compare/")[1])
    assert "Models 1 added" in compared
    assert "added orders.Order orders/models.py:4" in compared


def test_an_older_scan_can_be_looked_at(served: Served, project: Path) -> None:
    opened(served, project)
    (project / "orders" / "models.py").write_text(NEW_MODEL)
    rescanned(served)
    first = served.get_json("/api/workspaces/shop/scans/")["scans"][-1]["id"]

    page = text_of(served.get(f"/w/shop/scans/{first}/")[1])

    assert "An older scan" in page
    assert "Models 0" in page
    assert "An older scan" not in text_of(served.get("/w/shop/")[1])


def test_the_list_of_scans_says_what_each_found(served: Served, project: Path) -> None:
    opened(served, project)
    (project / "orders" / "models.py").write_text(NEW_MODEL)
    rescanned(served)

    page = text_of(served.get("/w/shop/scans/")[1])

    assert re.search(r"\d differences?\b", page)
    assert "first scan" in page
    scans = served.get_json("/api/workspaces/shop/scans/")["scans"]
    assert [scan["summary"]["models"] for scan in scans] == [1, 0]


def test_a_scan_and_its_difference_over_http(served: Served, project: Path) -> None:
    opened(served, project)
    (project / "orders" / "models.py").write_text(NEW_MODEL)
    scan = rescanned(served)

    assert served.get_json(f"/api/scans/{scan}/")["report"]["format"] == "djdesk-report/1"
    difference = served.get_json(f"/api/scans/{scan}/difference/")
    assert difference["kinds"][0]["added"][0]["name"] == "orders.Order"
    first = served.get_json("/api/workspaces/shop/scans/")["scans"][-1]["id"]
    assert served.get_json(f"/api/scans/{scan}/difference/?with={first}") == difference
    status, body = served.get(f"/api/scans/{first}/difference/")
    assert (status, json.loads(body)["error"]["code"]) == (404, "not_found")


def test_a_scan_that_has_ended_cannot_be_cancelled(served: Served, project: Path) -> None:
    opened(served, project)
    scan = served.get_json("/api/workspaces/shop/status/")["scan"]["id"]

    status, answer = served.post(f"/api/scans/{scan}/cancel/", {})

    assert (status, answer["error"]["code"]) == (409, "scan_ended")


def test_search_answers_with_places(served: Served, project: Path) -> None:
    (project / "orders" / "models.py").write_text(NEW_MODEL)
    opened(served, project)

    found: list[dict[str, Any]] = served.get_json("/api/workspaces/shop/search/?q=order&limit=5")[
        "results"
    ]

    assert len(found) == 5 or found
    [model] = [one for one in found if one["kind"] == "model"]
    assert model == {
        "kind": "model",
        "title": "orders.Order",
        "detail": "model, 1 field",
        "url": "/w/shop/models/?focus=orders.Order",
        "file": "orders/models.py",
        "line": 4,
    }


def test_search_refuses_what_it_does_not_know(served: Served, project: Path) -> None:
    opened(served, project)

    for query in ("x=1", "limit=-1", "limit=many"):
        status, _ = served.get(f"/api/workspaces/shop/search/?{query}")
        assert status == 422
    assert served.get("/api/workspaces/none/search/?q=a")[0] == 404
