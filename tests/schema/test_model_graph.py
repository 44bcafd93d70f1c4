"""What a report's models become: rows, and edges of every kind."""

from __future__ import annotations

from typing import Any

from inspector_app.schema.model_graph import ModelGraph, read_graph


def edges(graph: ModelGraph, source: str) -> set[tuple[str, str, str]]:
    return {(e.kind, e.field, e.target) for e in graph.edges if e.source == source}


def test_a_relation_is_an_edge_of_its_kind(graph: ModelGraph) -> None:
    assert edges(graph, "orders.Order") == {
        ("fk", "customer", "orders.Customer"),
        ("fk", "before", "orders.Order"),
        ("m2m", "products", "orders.Product"),
    }
    assert edges(graph, "orders.Customer") == {("o2o", "user", "auth.User")}
    assert ("generic", "tags", "orders.Tag") in edges(graph, "orders.Product")


def test_a_link_to_the_parent_is_inheritance(graph: ModelGraph) -> None:
    assert edges(graph, "orders.Book") == {("inherits", "product_ptr", "orders.Product")}


def test_bases_that_a_probe_knows_add_no_second_edge(report: dict[str, Any]) -> None:
    models = {one["name"]: one for app in report["apps"] for one in app["models"]}
    models["Book"]["bases"] = ["orders.Product"]
    models["OldBook"]["bases"] = ["orders.Book"]
    graph = read_graph(report)

    assert edges(graph, "orders.Book") == {("inherits", "product_ptr", "orders.Product")}
    assert edges(graph, "orders.OldBook") == {("proxy", "", "orders.Book")}


def test_a_generic_key_is_a_row_without_a_column(graph: ModelGraph) -> None:
    keys = {row.name: row.key for row in graph.boxes["orders.Tag"].rows}

    assert keys == {"id": "pk", "word": "", "content_type": "fk", "object_id": "", "about": "gfk"}


def test_an_edge_to_a_model_that_nobody_read_is_left_out(report: dict[str, Any]) -> None:
    report["apps"] = [app for app in report["apps"] if app["label"] != "auth"]

    assert edges(read_graph(report), "orders.Customer") == set()
