"""Views: what an address means, and what each shows."""

from __future__ import annotations

from dataclasses import replace

from inspector_app.schema.model_graph import ModelGraph
from inspector_app.schema.shown import rows, shown
from inspector_app.schema.view import View


def labels(graph: ModelGraph, view: View) -> set[str]:
    known, _ = view.known(graph)
    return {box.label for box in shown(graph, known).boxes}


def test_an_address_is_read_and_written_the_same() -> None:
    view = View.of({"focus": "orders.Order", "hops": "2", "fields": "all", "installed": "0"})

    assert view == View(focus="orders.Order", hops=2, fields="all", installed=False)
    assert view.query() == "?focus=orders.Order&hops=2&fields=all&installed=0"


def test_values_that_do_not_exist_are_passed_over() -> None:
    assert View.of({"hops": "9", "fields": "<b>", "show": "x", "sort": "y"}) == View()


def test_a_model_that_is_gone_leads_to_everything_and_is_named(graph: ModelGraph) -> None:
    view, missing = View(focus="orders.Gone", sel="orders.Gone").known(graph)

    assert (view, missing) == (View(), "orders.Gone")


def test_a_few_models_are_shown_all_and_many_as_a_map_of_apps(graph: ModelGraph) -> None:
    assert View().level(graph) == "all"
    assert View(show="apps").level(graph) == "apps"


def test_the_map_needs_more_than_one_app(graph: ModelGraph) -> None:
    box = graph.boxes["orders.Order"]

    def many(apps: int) -> ModelGraph:
        made = [replace(box, label=f"a{n % apps}.M{n}", app=f"a{n % apps}") for n in range(90)]
        return replace(graph, boxes={one.label: one for one in made})

    assert View().level(many(2)) == "apps"
    assert View().level(many(1)) == "all"


def test_packages_and_tables_that_django_makes_are_left_out_of_everything(
    graph: ModelGraph,
) -> None:
    usual = labels(graph, View())

    assert usual == {
        f"orders.{name}"
        for name in ("Customer", "Tag", "Product", "Book", "OldBook", "Order", "Ledger")
    }
    assert "auth.User" in labels(graph, View(installed=True))
    assert "orders.Order_products" in labels(graph, View(auto=True))


def test_an_app_has_its_neighbours_of_packages_beside_it(graph: ModelGraph) -> None:
    result = shown(graph, View(app="orders"))

    assert {box.label for box in result.near} == {"auth.User", "contenttypes.ContentType"}
    assert shown(graph, View(app="orders", installed=False)).near == []


def test_the_focus_reaches_as_far_as_was_asked(graph: ModelGraph) -> None:
    near = labels(graph, View(focus="orders.Ledger"))
    further = labels(graph, View(focus="orders.Ledger", hops=2))

    assert near == {"orders.Ledger", "orders.Order"}
    assert further == {*near, "orders.Customer", "orders.Product"}


def test_each_edge_connects_two_boxes_that_are_shown(graph: ModelGraph) -> None:
    for view in (View(), View(app="orders"), View(focus="orders.Book", app="orders")):
        result = shown(graph, view)
        inside = {box.label for box in (*result.boxes, *result.near)}
        assert {end for e in result.edges for end in (e.source, e.target)} <= inside


def test_the_map_counts_relations_between_apps(graph: ModelGraph) -> None:
    result = shown(graph, View(show="apps", installed=True))

    assert result.weights["orders", "auth"] == 1
    assert ("orders", "orders") not in result.weights


def test_the_choice_of_fields_is_that_of_the_rows(graph: ModelGraph) -> None:
    order = graph.boxes["orders.Order"]

    assert [row.name for row in rows(order, "keys")] == ["id", "customer", "products", "before"]
    assert rows(order, "names") == ()
    assert len(rows(graph.boxes["orders.Customer"], "all")) == 3
