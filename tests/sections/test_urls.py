from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, re_path

from inspector_app.sections.url_filter import UrlFilter
from inspector_app.sections.url_tree import Include, url_tree
from inspector_app.sections.urls import UrlRow, includes, kind_counts, url_rows

from .patterns import report_urls
from .test_url_matching import view

PATTERNS: list[URLPattern | URLResolver] = [
    path("", view("home")),
    path("orders/", include([path("<int:pk>/", view("order"), name="order")])),
    path("orders/<int:id>/", view("again")),
    re_path(r"^orders/(?P<pk>[0-9]+)/$", view("as_regex")),
    path("a/<int:pk>/", view("one"), name="same"),
    path("b/<int:pk>/", view("two"), name="same"),
    path("c/<int:pk>/<int:line>/", view("three"), name="same"),
]


def rows() -> list[UrlRow]:
    return url_rows(report_urls(PATTERNS), frozenset())


def test_a_pattern_for_the_same_paths_as_an_earlier_one_is_marked() -> None:
    assert [row.first for row in rows()] == [None, None, 1, 1, None, None, None]


def test_a_name_with_the_same_arguments_is_marked_on_both() -> None:
    assert [row.namesake for row in rows()][4:] == [5, 4, None]


def test_rows_are_counted_by_kind() -> None:
    assert kind_counts(rows()) == [
        ("own", "Project", 7),
        ("unnamed", "Unnamed", 3),
        ("generated", "Generated", 0),
        ("duplicate", "Duplicates", 4),
    ]


def test_a_view_is_the_projects_by_its_app_and_else_by_its_file() -> None:
    urls = report_urls(PATTERNS[:3])
    urls[0] |= {"app": "shop", "view_file": "/usr/lib/shop/views.py"}
    urls[1] |= {"app": "auth"}
    urls[2] |= {"view_file": ".venv/lib/python3.12/site-packages/x/views.py"}

    found = url_rows(urls, frozenset({"shop"}))

    assert ["own" in row.kinds for row in found] == [True, False, False]


def test_urls_of_a_scan_without_parts_are_rows_like_any() -> None:
    old = {"route": "a/", "name": None, "view": "shop.views.a", "file": "urls.py", "line": 1}

    assert [row.kinds for row in url_rows([old, old], frozenset())] == [{"own", "unnamed"}] * 2


def test_the_tree_holds_includes_and_rows_in_djangos_order() -> None:
    tree = url_tree(rows())

    assert [node.text if isinstance(node, Include) else node.route for node in tree.nodes][:3] == [
        "",
        "orders/",
        "orders/<int:id>/",
    ]
    assert includes(row.url for row in rows()) == 1
    assert [row.number for row in tree.rows] == list(range(7))


def test_a_filter_fits_words_in_any_order_app_and_kind() -> None:
    found = rows()
    found[1].url["app"] = "shop"

    def numbers(**query: Any) -> list[int]:
        return sorted(UrlFilter.of(query).numbers(found))

    assert numbers(q="ORDER view.again") == []
    assert numbers(q="AGAIN orders/") == [2]
    assert numbers(app="shop") == [1]
    assert numbers(kind="duplicate", q="regex") == [3]
    assert numbers(kind="nonsense") == list(range(7))
