"""The Models page over HTTP: its states, its facts, its exports, and what it refuses."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

from tests.schema.shop import shop
from tests.serving import Served

WAITED = "/api/workspaces/shop/status/"


def opened(served: Served, project: Path) -> None:
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})
    served.wait_until(WAITED, lambda status: status["scan"] and status["scan"]["finished_at"])


def page(served: Served, query: str = "") -> str:
    status, body = served.get(f"/w/shop/models/{query}")
    assert status == 200
    return body.decode()


def text(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup)))


def drawing(markup: str) -> dict[str, Any]:
    found = re.search(r'<script id="drawing" type="application/json">(.*?)</script>', markup)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_project_without_models_says_which_apps_were_looked_at(
    served: Served, project: Path
) -> None:
    settings = project / "shop" / "settings.py"
    listed = settings.read_text().partition("INSTALLED_APPS = [")
    settings.write_text(f"{listed[0]}INSTALLED_APPS = ['orders']\nOTHER = [{listed[2]}")
    opened(served, project)

    assert "No model in this project Looked at: orders ." in text(page(served))


def test_a_project_that_cannot_be_read_says_so(served: Served, project: Path) -> None:
    opened(served, project)
    project.rename(project.with_name("gone"))
    served.post("/api/workspaces/shop/scan/", {})
    served.wait_until(WAITED, lambda status: status["scan"]["state"] == "failed")
    shown = text(page(served))

    assert "The folder" in shown
    assert "What follows was read" in shown


def test_the_drawing_has_boxes_and_edges_of_the_view(served: Served, tmp_path: Path) -> None:
    opened(served, shop(tmp_path / "shop"))
    drawn = drawing(page(served, "?app=orders&fields=all"))
    boxes = {box["id"]: box for box in drawn["boxes"]}

    assert drawn["level"] == "app"
    assert boxes["orders.Customer"]["rows"] == [
        ["id", "PK", "BigAuto"],
        ["name", "", "Char"],
        ["user", "O2O", ""],
    ]
    assert boxes["app auth"]["rows"] == [["User", "", "", "auth.User"]]
    assert {"a": "orders.Customer", "ar": "user", "b": "app auth", "br": "auth.User"}.items() <= (
        next(edge for edge in drawn["edges"] if edge["kind"] == "o2o").items()
    )


def test_facts_name_fields_relations_both_ways_and_the_place(
    served: Served, tmp_path: Path
) -> None:
    opened(served, shop(tmp_path / "shop"))
    facts = text(served.get("/w/shop/models/facts/?sel=orders.Order")[1].decode())

    assert "Order 4 fields" in facts
    assert "orders/models.py:" in facts
    assert "customer FK orders.Customer" in facts
    assert "Used by orders.Order FK before orders.Ledger FK order" in facts
    assert "Indexes and constraints None beside those of single fields." in facts


def test_the_table_has_every_model_of_the_view(served: Served, tmp_path: Path) -> None:
    opened(served, shop(tmp_path / "shop"))
    table = text(page(served, "?table=1&sel=orders.Book"))

    for name in ("Customer", "Tag", "Product", "Book", "OldBook proxy", "Order", "Ledger"):
        assert name in table
    assert "Book 2 fields" in table
    assert "old ledger" in table


def test_the_table_is_sorted_by_what_was_asked(served: Served, tmp_path: Path) -> None:
    opened(served, shop(tmp_path / "shop"))
    rows = re.findall(r'id="row-orders\.(\w+)"', page(served, "?table=1&app=orders&sort=used"))

    assert rows[0] == "Product"


def test_a_name_of_the_project_stays_text(served: Served, tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    models = project / "orders" / "models.py"
    bad = "<img src=x onerror=alert(1)></script>"
    models.write_text(models.read_text().replace("old ledger", bad))
    opened(served, project)

    for query in ("?table=1", "?app=orders&sel=orders.Ledger", "?app=%3Cimg%3E"):
        assert "<img" not in page(served, query)
    assert "<img" not in served.get("/w/shop/models/facts/?sel=orders.Ledger")[1].decode()


def test_what_is_shown_is_downloaded_as_text(served: Served, tmp_path: Path) -> None:
    opened(served, shop(tmp_path / "shop"))
    for suffix, start in (("mmd", b"erDiagram"), ("dbml", b"Table")):
        status, body = served.get(f"/w/shop/models/models.{suffix}?focus=orders.Ledger")
        assert status == 200
        assert body.startswith(start)
        assert b"ook" not in body
    assert served.get("/w/shop/models/models.exe")[0] == 404


def test_a_place_is_kept_over_http_and_comes_back_with_the_page(
    served: Served, tmp_path: Path
) -> None:
    opened(served, shop(tmp_path / "shop"))
    key = drawing(page(served))["key"]
    moved = {"orders.Order": [7, 8]}
    status, _ = served.post("/api/workspaces/shop/models/places/", {"key": key, "moved": moved})

    assert status == 200
    assert drawing(page(served))["moved"] == moved
    assert drawing(page(served, "?fields=all"))["moved"] == {}


def test_a_search_over_http_answers_what_it_finds(served: Served, tmp_path: Path) -> None:
    opened(served, shop(tmp_path / "shop"))
    found = served.get_json("/api/workspaces/shop/models/find/?q=isbn")["found"]

    assert found[0]["box"] == "orders.Book"


def test_only_files_of_the_project_are_opened_in_an_editor(served: Served, tmp_path: Path) -> None:
    opened(served, shop(tmp_path / "shop"))
    served.post("/api/preferences/", {"editor": "none"})
    url = "/api/workspaces/shop/edit/"

    assert (
        served.post(url, {"path": "../../etc/passwd", "line": 1})[1]["error"]["code"] == "bad_path"
    )
    assert served.post(url, {"path": "orders/models.py", "line": 0})[0] == 422
    assert served.post(url, {"path": "orders/models.py", "line": 3})[1]["error"]["code"] == (
        "no_editor"
    )
