"""Lists that a function of the project gets and returns: what it was given is known, no more."""

from __future__ import annotations

from pathlib import Path

from tests.scans.asking import read
from tests.workspaces.layouts import make_manage_py

URLS_LIMIT = 20_000
EXTRAS = """
class Extras:
    DEBUG_PANELS = []

    def apps(INSTALLED_APPS, MIDDLEWARE):
        return INSTALLED_APPS + ["extra"], MIDDLEWARE

    def urls(urlpatterns):
        return urlpatterns + []
"""
CONF = """
from extras import Extras
from other import one_more
INSTALLED_APPS = ["django.contrib.auth"]
MIDDLEWARE = ["a.B"]
LISTED = ["a"]
INSTALLED_APPS, MIDDLEWARE = Extras.apps(INSTALLED_APPS, MIDDLEWARE)
LISTED = one_more(LISTED)
COUNTED = one_more(LISTED)
ROOT_URLCONF = "routes"
"""
ROUTES = """
from django.urls import path
from extras import Extras
urlpatterns = [path("a/", view, name="a")]
urlpatterns = Extras.urls(urlpatterns)
"""
# Like URLconfs of large projects: made by functions, parted into modules.
FOLLOWED = {
    "routes.py": """
from more_urls import urlpatterns as more
from base_urls import urlpatterns
from star_urls import *
from own import i18n_patterns, kept
from django.urls import include, path

def get_urls(prefix=None, *, last="c/"):
    if not prefix:
        prefix = "made/"
    found = [path(prefix, include([path(last, view)]))]
    found += more
    return found

def table(prefix, before=""):
    prefix = prefix.rstrip("/")
    return [
        path(f"{prefix}{route}", seen, name=f"{before}{name}")
        for route, seen, name in [("/x/", view, "x"), ("/y/", other, "y")]
    ]

urlpatterns = [
    *i18n_patterns(path("a/", view)),
    *kept(path("b/", view, name="b")),
    *get_urls(),
    *starred,
    *urlpatterns,
    *table("table/", "old-"),
]
""",
    "more_urls.py": "from django.urls import path\nurlpatterns = [path('base/', view)]\n",
    "star_urls.py": "from django.urls import path\nstarred = [path('d/', view)]\n",
    "base_urls.py": "from django.urls import path\nurlpatterns = [path('e/', view)]\n",
}


def make(root: Path) -> Path:
    make_manage_py(root, "conf")
    for name, text in {"conf": CONF, "extras": EXTRAS, "routes": ROUTES}.items():
        (root / f"{name}.py").write_text(text)
    return root


def test_settings_are_at_least_what_a_function_was_given(tmp_path: Path) -> None:
    reading = read(make(tmp_path), "conf")

    assert reading.settings.strings("INSTALLED_APPS") == (["django.contrib.auth"], False)
    assert reading.settings.strings("MIDDLEWARE") == (["a.B"], False)
    assert reading.settings.strings("LISTED") == (["a"], False)
    assert reading.settings.strings("COUNTED") == ([], False)
    [note] = reading.sections["apps"]["notes"]
    assert note.startswith("INSTALLED_APPS depends on the environment or is computed (conf.py:7)")


def test_urls_are_those_that_a_function_was_given_if_it_keeps_them(tmp_path: Path) -> None:
    kept, made = read(make(tmp_path), "conf").urls.entries

    assert (kept["route"], kept["name"]) == ("a/", "a")
    assert kept["condition"] == "Extras.urls() keeps it"
    assert made["generated"] == "Extras.urls(urlpatterns)"


def test_urls_of_functions_and_of_other_urlconfs_are_followed(tmp_path: Path) -> None:
    make(tmp_path)
    for name, text in FOLLOWED.items():
        (tmp_path / name).write_text(text)

    entries = read(tmp_path, "conf").urls.entries

    written = [one for one in entries if not one["generated"]]
    assert [(one["route"], one.get("condition", "")) for one in written] == [
        ("en-us/a/", ""),
        ("b/", "kept() keeps it"),
        ("made/c/", ""),
        ("base/", ""),
        ("d/", ""),
        ("e/", ""),
        ("table/x/", ""),
        ("table/y/", ""),
    ]
    assert [one["name"] for one in written[-2:]] == ["old-x", "old-y"]
    assert [one["generated"] for one in entries if one["generated"]] == [
        "kept(path('b/', view, name='b'))"
    ]


def test_functions_that_call_each_other_twice_are_followed_to_a_limit(tmp_path: Path) -> None:
    calling = "".join(f"def f{n}():\n    return [*f{n - 1}(), *f{n - 1}()]\n" for n in range(1, 40))
    routes = f"def f0():\n    return []\n{calling}urlpatterns = f39()\n"
    (make(tmp_path) / "routes.py").write_text(routes)

    [note] = read(tmp_path, "conf").sections["urls"]["notes"]

    assert note == "routes.py: functions are followed in part only"


def test_a_list_that_doubles_with_each_line_is_read_to_a_limit(tmp_path: Path) -> None:
    doubled = "urlpatterns = [*urlpatterns, *urlpatterns]\n" * 40
    routes = f"from django.urls import path\nurlpatterns = [path('a/', view)]\n{doubled}"
    (make(tmp_path) / "routes.py").write_text(routes)

    assert len(read(tmp_path, "conf").urls.entries) == URLS_LIMIT


def test_settings_in_a_method_are_not_set_in_a_class(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "conf.py").write_text(f"{EXTRAS}\nINSTALLED_APPS = made()\n")

    error = read(tmp_path, "conf").sections["apps"]["error"]

    assert error == "INSTALLED_APPS cannot be read from the source text"
