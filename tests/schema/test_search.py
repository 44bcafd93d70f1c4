from __future__ import annotations

import pytest

from inspector_app.schema.model_graph import ModelGraph
from inspector_app.schema.search import search
from inspector_app.schema.view import View


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("order", ("app", "orders")),
        ("Ord", ("app", "orders")),
        ("ledg", ("model", "orders.Ledger")),
        ("orders.ledger", ("model", "orders.Ledger")),
        ("customer name", ("field", "orders.Customer")),
        ("isbn", ("field", "orders.Book")),
    ],
)
def test_the_best_match_comes_first(graph: ModelGraph, text: str, first: tuple[str, str]) -> None:
    found = search(graph, View(), text)

    assert (found[0]["what"], found[0]["box"]) == first


def test_what_is_found_leads_to_the_view_that_shows_it(graph: ModelGraph) -> None:
    found = search(graph, View(fields="all", table=True), "ledg")[0]

    assert found["href"] == "?app=orders&fields=all&table=1&sel=orders.Ledger"


def test_nothing_is_found_for_nothing(graph: ModelGraph) -> None:
    assert search(graph, View(), "  ") == []
    assert search(graph, View(), "zzz") == []
