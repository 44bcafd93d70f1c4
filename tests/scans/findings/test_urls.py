from __future__ import annotations

from typing import Any

from inspector_app.scans.findings.context import Context
from inspector_app.scans.findings.urls import colliding_names, included_twice, shadowed

from .reports import app, end, report, section, start, url

SLUG: dict[str, Any] = {"slug": "SlugConverter"}


def found(rule: Any, *urls: dict[str, Any]) -> list[dict[str, Any]]:
    return list(rule(report(apps=[app("shop")], urls=list(urls)), Context()))


def test_a_literal_behind_a_parameter_that_takes_it_is_never_reached() -> None:
    [one] = found(
        shadowed,
        url(end("<slug:slug>/", "(?P<slug>[-a-zA-Z0-9_]+)/", 5, **SLUG), view="shop.views.show"),
        url(end("new/", "new/", 6), view="shop.views.create"),
    )

    assert (one["title"], one["file"], one["line"]) == ("/new/ is never reached", "shop/urls.py", 6)
    assert "views.show answers instead of views.create" in one["why"]
    assert [each["line"] for each in one["evidence"]] == [6, 5]


def test_the_exact_pattern_first_is_in_order() -> None:
    assert not found(
        shadowed,
        url(end("new/", "new/"), view="shop.views.create"),
        url(end("<slug:slug>/", "(?P<slug>[-a-zA-Z0-9_]+)/", 5, **SLUG), view="shop.views.show"),
    )


def test_what_the_parameter_cannot_take_is_reached() -> None:
    assert not found(
        shadowed,
        url(end("<int:pk>/", "(?P<pk>[0-9]+)/", pk="IntConverter"), view="shop.views.show"),
        url(end("new/", "new/"), view="shop.views.create"),
    )


def test_the_same_path_twice_is_reached_once() -> None:
    [one] = found(
        shadowed,
        url(start("a/", "a/"), end("b/", "b/", 7), view="shop.views.first"),
        url(end("a/b/", "a/b/", 8), view="shop.views.second"),
    )

    assert one["line"] == 8


def test_a_converter_of_the_project_may_refuse_what_its_expression_takes() -> None:
    assert not found(
        shadowed,
        url(end("<x:y>/", "(?P<y>.+)/", y="shop.converters.Known"), view="shop.views.show"),
        url(end("new/", "new/"), view="shop.views.create"),
    )


def test_the_source_text_does_not_know_the_order_for_sure() -> None:
    urls = [url(end("a/", "a/"), view="shop.views.a"), url(end("a/", "a/"), view="shop.views.b")]
    read = report(apps=[app("shop")], urls=urls)
    read["sections"]["urls"] = section("static")

    assert not list(shadowed(read, Context()))


def test_patterns_of_packages_are_none_of_the_project_s_business() -> None:
    file = "/venv/lib/python3.12/site-packages/x/urls.py"
    assert not found(
        shadowed,
        url(end("a/", "a/"), view="x.views.a", file=file),
        url(end("a/", "a/"), view="x.views.b", file=file),
    )


def test_a_name_for_two_views_leads_to_the_last() -> None:
    [one] = found(
        colliding_names,
        url(end("shop/", "shop/", 3), name="index", view="shop.views.index"),
        url(end("blog/", "blog/", 4), name="index", view="blog.views.index"),
    )

    assert one["title"] == "The URL name index stands for 2 routes"
    assert "give /blog/; links that mean /shop/ lead there too" in one["why"]


def test_one_name_with_other_parameters_is_how_django_means_it() -> None:
    assert not found(
        colliding_names,
        url(end("archive/", "archive/"), name="archive", view="shop.views.all"),
        url(
            end("archive/<int:year>/", "archive/(?P<year>[0-9]+)/", year="IntConverter"),
            name="archive",
            view="shop.views.year",
        ),
    )


def test_the_same_parameter_of_another_kind_is_told_apart_by_reverse() -> None:
    assert not found(
        colliding_names,
        url(end("<int:x>/", "(?P<x>[0-9]+)/", x="IntConverter"), name="show", view="shop.views.a"),
        url(
            end("<slug:x>/", "(?P<x>[-\\w]+)/", x="SlugConverter"), name="show", view="shop.views.b"
        ),
    )


def test_generated_urls_share_names_on_purpose() -> None:
    assert not found(
        colliding_names,
        url(end("a/", "a/"), name="api-root", view="x.Root", generated="DRF router"),
        url(end("b/", "b/"), name="api-root", view="y.Root", generated="DRF router"),
    )


def test_a_urlconf_that_is_included_twice_is_one_finding() -> None:
    last = end("list/", "list/", 9)
    other = end("new/", "new/", 10)
    [one] = found(
        included_twice,
        *(
            url(start(prefix, prefix, line), part, name=name, view=f"shop.views.{name}")
            for prefix, line in (("shop/", 2), ("store/", 3))
            for part, name in ((last, "list"), (other, "new"))
        ),
    )

    assert (
        one["title"]
        == "views.list is reached at /shop/list/ and /store/list/, and 1 more in the same way"
    )
    assert [each["line"] for each in one["evidence"]] == [2, 3, 9]


def test_a_router_that_gives_two_of_its_routes_one_name_includes_nothing_twice() -> None:
    assert not found(
        included_twice,
        *(
            url(start("api/", "api/"), end(route, route, 9), name="notes", view="shop.views.Notes")
            for route in ("notes/", "notes/read/")
        ),
    )


def test_two_names_for_one_view_are_meant() -> None:
    assert not found(
        included_twice,
        url(end("a/", "a/"), name="a"),
        url(end("b/", "b/"), name="b"),
    )
