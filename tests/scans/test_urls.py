"""URLs as URLconfs write them, compared with what Django makes of the same files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.static.reading import StaticReading
from tests.projects import CACHE
from tests.scans.asking import read
from tests.scans.asking_source import Truth, ask, changed, written_urls
from tests.scans.url_project import make_url_project

SETTINGS = "conf.settings.local"
VERSIONS = ("3.2", "4.0", "4.1", "4.2", "5.0", "5.1", "5.2", "6.0")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_url_project(tmp_path_factory.mktemp("urls"))


@pytest.fixture(scope="module")
def reading(root: Path) -> StaticReading:
    return read(root, SETTINGS)


@pytest.fixture(scope="module")
def truth(root: Path) -> Truth:
    return ask(root, SETTINGS)


@pytest.fixture(scope="module")
def entries(reading: StaticReading) -> dict[str, dict[str, Any]]:
    return {one["route"]: one for one in reading.urls.entries}


def test_every_url_that_is_written_is_read_and_none_is_invented(
    reading: StaticReading, truth: Truth
) -> None:
    # static() calls re_path() itself.
    made = {("^media/(?P<path>.*)$", None): 1}
    assert written_urls(reading) == truth.written + type(truth.written)(made)
    assert written_urls(reading) <= truth.urls


def test_views_are_named_where_they_are_defined(
    truth: Truth, entries: dict[str, dict[str, Any]]
) -> None:
    views = {(one["route"], one["name"]): one["view"] for one in entries.values()}
    known = {url: view for url, view in views.items() if url in truth.views}

    assert known == {url: truth.views[url] for url in known}


def test_patterns_stand_where_they_were_called(
    truth: Truth, entries: dict[str, dict[str, Any]]
) -> None:
    for one in entries.values():
        url = (one["route"], one["name"])
        if truth.lines.get(url) and one["generated"] is None and "media" not in one["route"]:
            # Python counts a call of several lines from its end or start, by version.
            assert abs(truth.lines[url] - one["line"]) <= 1, one


def test_what_a_registry_makes_is_named(reading: StaticReading) -> None:
    [admin] = [one for one in reading.urls.entries if one["generated"]]

    assert (admin["route"], admin["generated"]) == ("admin/", "admin.site.urls")
    assert (admin["view"], admin["name"], admin["namespaces"]) == ("", None, ["admin"])


@pytest.mark.parametrize(
    ("route", "decorators", "methods"),
    [
        ("^old/(?P<slug>[\\w-]+)/$", ["login_required", "require_http_methods"], ["GET"]),
        (
            "year/<yyyy:year>/",
            ["require_http_methods", "permission_required:shelf.see_year"],
            ["GET", "POST"],
        ),
        ("guarded/", ["login_required", "csrf_exempt"], None),
        ("cached/", ["cache"], None),
        ("shelf/", ["LoginRequiredMixin"], None),
        ("shelf/<slug:slug>/", ["permission_required:shelf.see"], None),
        ("shelf/parts/part/", [], None),
    ],
)
def test_what_stands_before_a_view(
    entries: dict[str, dict[str, Any]], route: str, decorators: list[str], methods: list[str]
) -> None:
    assert entries[route]["decorators"] == decorators
    assert entries[route]["methods"] == methods


def test_a_view_has_its_place(entries: dict[str, dict[str, Any]], root: Path) -> None:
    one = entries["shelf/y/<int:year>/"]
    line = (root / "shelf/views.py").read_text().splitlines()[one["view_line"] - 1]

    assert one["view_file"] == "shelf/views.py"
    assert line == "def year(request, year):"
    assert (one["app"], one["namespaces"]) == ("shelf", ["shelf"])


def test_parts_tell_how_a_route_is_made(entries: dict[str, dict[str, Any]]) -> None:
    include, last = entries["^nested/deep/<int:pk>/"]["parts"]

    assert (include["kind"], include["regex"], last["kind"]) == ("regex", "^nested/", "path")
    assert last["regex"] == r"^deep/(?P<pk>[0-9]+)/\Z"
    assert last["converters"] == {"pk": "django.urls.converters.IntConverter"}
    year = entries["year/<yyyy:year>/"]["parts"][0]["converters"]
    assert year == {"year": "shelf.converters.YearConverter"}
    assert entries["de/about/"]["parts"][0]["kind"] == "locale"


def test_given_arguments_and_handlers_are_told(
    reading: StaticReading, entries: dict[str, dict[str, Any]]
) -> None:
    assert entries["shop/new/"]["default_args"] == {"kind": "'new'"}
    assert reading.urls.handlers == {"handler404": "shelf.views.missing"}


@pytest.mark.projects
@pytest.mark.parametrize("version", VERSIONS)
def test_with_every_django_that_projects_use(root: Path, version: str) -> None:
    packages = CACHE / f"django-{version}"
    if not (packages / "django").is_dir():
        pytest.skip(f"Django {version} is not in the cache")
    said = ask(root, SETTINGS, packages=packages)

    from inspector_app.scans.static.reading import read_project

    known = read_project(root, Path("manage.py"), SETTINGS, [packages])

    assert said.written - written_urls(known) == type(said.written)()
    assert written_urls(known) <= said.urls
    assert set(changed(known)) == set(said.said["settings"])
