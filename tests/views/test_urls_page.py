"""The URLs page of real projects, trusted and not."""

from __future__ import annotations

from pathlib import Path

from tests.serving import Served

from .reading import rows_of, text_of

URLS = """\
from django.http import HttpResponse
from django.urls import include, path, re_path


def shown(request, **given):
    return HttpResponse()


orders = [path("<int:pk>/", shown, name="order"), path("<int:other>/", shown)]
urlpatterns = [
    path("orders/", include(orders)),
    re_path(r"^slow/(a+)+$", shown),
    path("<x>&", shown, {"kind": "b<c"}, name="odd"),
]
"""


def open_shop(served: Served, project: Path) -> str:
    (project / "shop" / "urls.py").write_text(URLS)
    return served.open_trusted(project)


def test_every_pattern_is_listed_with_view_and_place(served: Served, project: Path) -> None:
    slug = open_shop(served, project)

    rows = rows_of(served, f"/w/{slug}/urls/")

    assert rows[0] == "orders/<int:pk>/ order shown any shop/ urls.py:9"
    assert rows[1].startswith("orders/<int:other>/ same path no name shown")
    assert rows[3].startswith("<x>& odd shown")
    assert "4 patterns in 1 include" in text_of(served, f"/w/{slug}/urls/")


def test_the_address_filters(served: Served, project: Path) -> None:
    slug = open_shop(served, project)

    assert len(rows_of(served, f"/w/{slug}/urls/?q=orders+name")) == 1
    assert len(rows_of(served, f"/w/{slug}/urls/?kind=duplicate")) == 1
    assert rows_of(served, f"/w/{slug}/urls/?q=nothing") == []
    assert "0 of 4. Clear the filter" in text_of(served, f"/w/{slug}/urls/?q=nothing")


def test_the_tree_has_the_same_patterns(served: Served, project: Path) -> None:
    slug = open_shop(served, project)

    assert len(rows_of(served, f"/w/{slug}/urls/?view=tree")) == 4
    assert "shop/ urls.py:11 orders/ 2" in text_of(served, f"/w/{slug}/urls/?view=tree")


def test_a_patterns_detail_names_the_way_to_it(served: Served, project: Path) -> None:
    slug = open_shop(served, project)

    text = text_of(served, f"/w/{slug}/urls/detail/?url=1")

    assert "View shop.urls.shown" in text
    assert "By way of orders/ shop/ urls.py:11 then <int:other>/ shop/ urls.py:9" in text
    assert "never reached: shop.urls.shown comes first" in text
    assert served.get(f"/w/{slug}/urls/detail/?url=99")[0] == 404


def test_a_path_is_answered(served: Served, project: Path) -> None:
    slug = open_shop(served, project)

    answered = text_of(served, f"/w/{slug}/urls/answer/?path=/orders/7/")
    odd = text_of(served, f"/w/{slug}/urls/answer/?path=/%253Cq%253E%2526")
    slow = text_of(served, f"/w/{slug}/urls/answer/?path=/slow/{'a' * 60}!")

    assert "/orders/7/ shop.urls.shown" in answered
    assert "pk 7" in answered
    assert "1 pattern would match too and is never asked: orders/<int:other>/" in answered
    assert "x <q>" in odd
    assert "kind 'b<c' always given" in odd
    assert "^slow/(a+)+$ takes too long on this path" in slow
    assert "No pattern matches /nothing . 4 patterns tried." in text_of(
        served, f"/w/{slug}/urls/answer/?path=/nothing"
    )
    assert "That is not a path." in text_of(served, f"/w/{slug}/urls/answer/?path=")


def test_a_page_that_follows_the_engine_gets_no_rows(served: Served, project: Path) -> None:
    slug = open_shop(served, project)

    with served.stream(f"/w/{slug}/urls/", {"HX-Request": "true"}) as followed:
        body = followed.read().decode()

    assert "data-row" not in body
    assert 'id="section-scan"' in body


def test_a_broken_urlconf_is_told_with_its_error(served: Served, project: Path) -> None:
    (project / "shop" / "urls.py").write_text("import nothing_of_this_name\n")
    slug = served.open_trusted(project)

    assert "nothing_of_this_name" in text_of(served, f"/w/{slug}/urls/")


def test_before_trust_what_is_not_known_is_said(served: Served, project: Path) -> None:
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    text = text_of(served, f"/w/{project.name}/urls/")

    assert "It is known once the project's code may run." in text or "source text" in text
