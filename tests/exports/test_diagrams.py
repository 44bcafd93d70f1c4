"""Mermaid and DBML: what is shown and nothing else, whatever it is called."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from inspector_app.exports import export
from inspector_app.exports.dbml import dbml
from inspector_app.exports.mermaid import mermaid
from inspector_app.models import Workspace
from inspector_app.scans.scan import scan
from inspector_app.schema.model_graph import ModelGraph, read_graph
from inspector_app.schema.shown import shown
from inspector_app.schema.view import View
from inspector_app.workspaces.opening import open_path
from tests.schema.shop import shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    opened = open_path(shop(tmp_path / "shop"))
    scan(opened)
    return opened


@pytest.fixture
def report(workspace: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = workspace.scans.all()[0].report
    return found


@pytest.fixture
def graph(report: dict[str, Any]) -> ModelGraph:
    return read_graph(report)


def test_an_entity_diagram_has_each_model_with_the_chosen_fields(graph: ModelGraph) -> None:
    text = mermaid(shown(graph, View(app="orders", fields="keys")))

    assert text.startswith("erDiagram\n")
    assert '    orders_Order["orders.Order"] {\n        BigAutoField id PK\n' in text
    assert "        ForeignKey customer FK\n" in text
    assert "isbn" not in text
    assert "CharField isbn" in mermaid(shown(graph, View(app="orders", fields="all")))


def test_its_lines_say_how_many_of_each(graph: ModelGraph) -> None:
    text = mermaid(shown(graph, View(app="orders")))

    assert '    orders_Order }o--|| orders_Customer : "customer"\n' in text
    assert '    orders_Customer |o--|| auth_User : "user"\n' in text
    assert '    orders_Order }o--o{ orders_Product : "products"\n' in text
    assert '    orders_Book |o--|| orders_Product : "product_ptr (inherits)"\n' in text


def test_every_line_of_mermaid_is_one_of_its_grammar(graph: ModelGraph) -> None:
    word = r"[A-Za-z][0-9A-Za-z_]*"
    forms = [
        rf'    {word}\["[^"\n]*"\]( \{{)?',
        rf'        {word} {word}( (PK|FK|UK)(, (PK|FK))?)?( "[^"\n]*")?',
        r"    \}",
        rf'    {word} [|}}][o|](--|\.\.)[o|][|{{] {word} : "[^"\n]*"',
    ]
    for view in (View(show="all", fields="all", installed=True, auto=True), View(app="orders")):
        lines = mermaid(shown(graph, view)).splitlines()
        assert lines.pop(0) == "erDiagram"
        assert [line for line in lines if not any(re.fullmatch(f, line) for f in forms)] == []


def test_the_map_of_apps_becomes_a_flowchart(graph: ModelGraph) -> None:
    text = mermaid(shown(graph, View(show="apps", installed=True)))

    assert text.startswith("flowchart LR\n")
    assert '    orders_["orders (7)"]\n' in text
    assert "    orders_ -->|1| auth_\n" in text


def test_dbml_has_tables_columns_and_references(graph: ModelGraph) -> None:
    text = dbml(shown(graph, View(app="orders", fields="all")))

    assert 'Table "orders_order" {\n  "id" "BigAutoField" [pk]\n' in text
    assert '  "customer_id" "ForeignKey" [not null]\n' in text
    assert '\nRef: "orders_order"."customer_id" > "orders_customer"."id"\n' in text
    assert '\nRef: "orders_order"."id" <> "orders_product"."id"\n' in text
    assert '\nRef: "orders_book"."product_ptr_id" - "orders_product"."id"\n' in text
    assert 'TableGroup "orders" {' in text


def test_every_reference_of_dbml_ends_in_a_column_that_is_there(graph: ModelGraph) -> None:
    for view in (View(show="all", installed=True, auto=True), View(app="orders", fields="names")):
        text = dbml(shown(graph, view))
        tables = re.findall(r'^Table ("[^"]+") \{\n(.*?)\n\}', text, re.DOTALL | re.MULTILINE)
        columns = {
            f"{table}.{column}"
            for table, inside in tables
            for column in re.findall(r'^  ("[^"]+") ', inside, re.MULTILINE)
        }
        ends = re.findall(r'^Ref: (\S+"|"[^"]+"\.\S+) \S+ (.+)$', text, re.MULTILINE)
        assert ends
        assert all(start != end for start, end in ends)
        assert {end for pair in ends for end in pair} <= columns
        assert len({name for name, _ in tables}) == len(tables)


def test_a_proxy_has_no_table_of_its_own(graph: ModelGraph) -> None:
    text = dbml(shown(graph, View(app="orders")))

    assert "// orders.OldBook uses the table of orders.Book\n" in text


HOSTILE = 'x"]; click a href "javascript:1"\n} <b>`'


def test_hostile_names_stay_names(report: dict[str, Any]) -> None:
    order = next(one for app in report["apps"] for one in app["models"] if one["name"] == "Order")
    order["table"] = HOSTILE
    for one in order["fields"]:
        if one["name"] == "id":
            one["name"] = one["kind"] = HOSTILE
    graph = read_graph(report)
    picture = mermaid(shown(graph, View(app="orders", fields="all")))
    tables = dbml(shown(graph, View(app="orders", fields="all")))

    assert '"]; click' not in picture
    assert "<b>" not in picture
    assert "\n} <b>" not in tables
    assert "Table \"x']; click a href 'javascript:1' } <b>`\" {" in tables


@pytest.mark.parametrize(("name", "start"), [("mermaid", b"erDiagram\n"), ("dbml", b"Table ")])
def test_the_command_line_writes_all_models_of_the_project(
    workspace: Workspace, name: str, start: bytes
) -> None:
    result = export(workspace, name)

    assert result.data.startswith(start)
    assert b"isbn" in result.data
    assert b"auth_permission" not in result.data
