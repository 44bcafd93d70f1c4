from __future__ import annotations

from typing import Any

import pytest

from inspector_app.errors import Problem
from inspector_app.recent import KEPT, recent, remember

pytestmark = pytest.mark.django_db


def ids() -> list[str]:
    return [entry["id"] for entry in recent()]


def test_the_newest_comes_first_and_stands_once() -> None:
    for name in ("a", "b", "a"):
        remember({"id": name, "kind": "command", "title": name})

    assert ids() == ["a", "b"]


def test_the_oldest_are_forgotten() -> None:
    for number in range(KEPT + 5):
        remember({"id": str(number)})

    assert (len(ids()), ids()[-1]) == (KEPT, "5")


@pytest.mark.parametrize("url", ["", "/w/shop/models/?focus=orders.Order"])
def test_a_page_of_djdesk_is_remembered(url: str) -> None:
    remember({"id": "one", "url": url})

    assert recent()[0]["url"] == url


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({}, "id"),
        ({"id": ""}, "id"),
        ({"id": 7}, "id"),
        ({"id": "a" * 301}, "id"),
        ({"id": "a", "title": None}, "title"),
        ({"id": "a", "url": "https://evil.example/"}, "url"),
        ({"id": "a", "url": "//evil.example/"}, "url"),
        ({"id": "a", "url": "/\\evil.example/"}, "url"),
        ({"id": "a", "url": "javascript:alert(1)"}, "url"),
    ],
)
def test_nothing_else_is(entry: dict[str, Any], field: str) -> None:
    with pytest.raises(Problem) as caught:
        remember(entry)

    assert caught.value.field == field
    assert recent() == []
