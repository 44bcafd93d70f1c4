"""Which view answers a path: the same as Django's own resolver says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.urls.exceptions import Resolver404
from django.urls.resolvers import RegexPattern

from inspector_app.errors import Problem
from inspector_app.sections.url_matching import answer
from inspector_app.sections.url_matching.answer import find_view, path_of

from .patterns import report_urls


def view(name: str) -> Callable[[HttpRequest], HttpResponse]:
    def answers(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
        return HttpResponse()

    answers.__qualname__ = name
    return answers


ORDERS = [
    path("", view("orders"), name="orders"),
    path("<int:pk>/", view("order"), name="order"),
    path("<int:pk>/lines/<uuid:line>/", view("line")),
    path("<slug:slug>/", view("named")),
    path("files/<path:rest>", view("file")),
]
PATTERNS: list[URLPattern | URLResolver] = [
    path("", view("home"), name="home"),
    path("orders/", include(ORDERS)),
    path("shop/<str:shop>/", include(ORDERS)),
    re_path(r"^old/(\d+)/(?:page/)?$", view("old")),
    re_path(r"^mixed/(?P<year>\d{4})/(x)?", include([re_path(r"^(\w+)$", view("mixed"))])),
    re_path(r"loose/", view("loose")),
    re_path(r"^open/(?P<rest>.*)", view("open")),
    path("exact", view("exact")),
    path("orders/new/", view("shadowed")),
]
PATHS = [
    "/",
    "/orders/",
    "/orders/7/",
    "/orders/7",
    "/orders/new/",
    "/orders/7/lines/0b0a5a5e-1c2d-4e3f-8a9b-0c1d2e3f4a5b/",
    "/orders/7/lines/no/",
    "/orders/files/a/b/c.txt",
    "/shop/a b/3/",
    "/shop/é/",
    "/old/12/",
    "/old/12/page/",
    "/old/x/",
    "/mixed/2024/word",
    "/mixed/2024/xword",
    "/before/loose/after",
    "/open/",
    "/open/any/thing",
    "/exact",
    "/exact/",
    "/nothing",
    "//orders/",
]


@pytest.mark.parametrize("asked", PATHS)
def test_the_answer_is_djangos(asked: str) -> None:
    resolver = URLResolver(RegexPattern(r"^/"), PATTERNS)
    urls = report_urls(PATTERNS)
    try:
        found = resolver.resolve(asked)
    except Resolver404:
        found = None

    said = find_view(urls, asked)

    if found is None:
        assert said.number is None
        return
    assert said.number is not None
    assert urls[said.number]["view"].endswith(f".{found.func.__qualname__}")
    assert said.kwargs == {name: str(value) for name, value in found.kwargs.items()}
    assert said.args == [value or "" for value in found.args]


def test_an_answer_names_the_way_and_what_is_never_asked() -> None:
    said = find_view(report_urls(PATTERNS), "/orders/new/")

    assert [(step.part["text"], step.taken) for step in said.steps] == [
        ("orders/", "orders/"),
        ("<slug:slug>/", "new/"),
    ]
    assert [report_urls(PATTERNS)[one]["route"] for one in said.later] == ["orders/new/"]


def test_what_nothing_answers_is_told_with_how_far_it_came() -> None:
    urls = report_urls(PATTERNS)
    said = find_view(urls, "/orders/7/lines")

    assert said.number is None
    assert [part["text"] for part in said.near] == ["orders/"]
    assert said.rest == "7/lines"
    without_slash = find_view(urls, "/orders/7")
    assert without_slash.slash is not None
    assert urls[without_slash.slash]["name"] == "order"


def part(kind: str, text: str, regex: str) -> dict[str, Any]:
    return {"kind": kind, "text": text, "regex": regex, "converters": {}, "file": "", "line": 0}


def url(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"route": "".join(one["text"] for one in parts), "parts": list(parts)}


def test_an_expression_that_takes_for_ever_is_given_up_and_named() -> None:
    urls = [
        url(part("path", "a/", r"^a/\Z")),
        url(part("regex", "^(a+)+$", "^(a+)+$")),
        url(part("regex", "", "^")),
    ]

    said = find_view(urls, "/" + "a" * 60 + "!")

    assert (said.number, said.slow) == (None, 1)


def test_all_expressions_together_have_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "DEADLINE_S", 0.001)
    with pytest.raises(Problem) as refused:
        find_view([url(part("path", "a/", r"^a/\Z"))], "/a/")

    assert refused.value.code == "not_in_time"


def test_what_is_not_known_is_told_and_never_taken_for_no() -> None:
    urls = [
        url(part("other", "?", "")),
        url(part("regex", "(", "(")),
        url(),
        url(part("regex", "", "^x")),
    ]

    said = find_view(urls, "/x")

    assert (said.unknown, said.number) == ([0, 1, 2], 3)


def test_every_language_comes_before_translated_patterns() -> None:
    urls = [
        url(part("locale", "en-us/", "en\\-us/"), part("path", "shop/", r"^shop/\Z")),
        url(part("locale", "", ""), part("path", "cart/", r"^cart/\Z")),
    ]

    assert find_view(urls, "/de/shop/").number == 0
    assert find_view(urls, "/shop/").number is None
    assert find_view(urls, "/cart/").number == 1
    assert find_view(urls, "/fr/cart/").number == 1


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/orders/7/", "/orders/7/"),
        (" orders/7/ ", "/orders/7/"),
        ("https://shop.example/orders/7/?page=2#top", "/orders/7/"),
        ("/a%20b/%C3%A9/", "/a b/é/"),
        ("/", "/"),
        ("//shop.example/x", "/shop.example/x"),
    ],
)
def test_a_pasted_address_is_understood(typed: str, path: str) -> None:
    assert path_of(typed) == path


@pytest.mark.parametrize("typed", ["", "  ", "/\0", "/" * 2001, "http://[x/"])
def test_what_is_no_path_is_refused(typed: str) -> None:
    with pytest.raises(Problem) as refused:
        path_of(typed)

    assert refused.value.code == "invalid_parameter"
