"""Whatever a file holds, the reading goes on and says what it could not read."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from inspector_app.scans.static.reading import StaticReading
from inspector_app.scans.static.urls.definitions import Definitions
from tests.scans.asking import read
from tests.scans.edge import make_edge_project
from tests.workspaces.layouts import without_rights

SETTINGS = "edge.settings.dev"

BAD = {
    "a syntax error": b"class Shelf(models.Model:\n",
    "Python 2": b"print 'shelf'\n",
    "NUL bytes": b"x = 1\0\n",
    "binary garbage": bytes(range(256)) * 50,
    "another encoding than it says": b"# -*- coding: ascii -*-\nx = '\xe9'\n",
    "an unknown encoding": b"# -*- coding: klingon -*-\n",
    "an encoding that is none of text": b"# -*- coding: rot13 -*-\n\xff",
    "very deep nesting": b"x = " + b"(" * 100_000,
    "deep nesting that parses": b"x = " + b"-" * 3_000 + b"1\n",
    "a very long sum": b"x = " + b"+".join([b"1"] * 50_000) + b"\n",
    "more than is read": b"#" * 2_000_001,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_edge_project(tmp_path)


def models(reading: StaticReading) -> set[str]:
    return {one["label"] for found in reading.models.models.values() for one in found}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_models_file_of(root: Path, content: bytes) -> None:
    (root / "stock" / "shelves.py").write_bytes(content)

    reading = read(root, SETTINGS)

    assert {"shop.Good", "people.Person"} <= models(reading)
    assert "stock.Shelf" not in models(reading)
    section = reading.sections["models"]
    assert section["ok"] or section["error"].startswith("stock/shelves.py ")


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_settings_file_of(root: Path, content: bytes) -> None:
    (root / "edge" / "settings" / "base.py").write_bytes(content)

    reading = read(root, SETTINGS)

    assert reading.apps_complete is False
    assert reading.sections["settings"]["seconds"] >= 0


def test_the_section_names_the_file_and_the_line(root: Path) -> None:
    (root / "stock" / "shelves.py").write_text("x = 1\nclass Shelf(\n")

    section = read(root, SETTINGS).sections["models"]

    assert section["ok"] is False
    assert section["error"] == "stock/shelves.py has a syntax error in line 2"


def test_a_pipe_in_the_place_of_a_module_is_not_waited_for(root: Path) -> None:
    (root / "stock" / "shelves.py").unlink()
    os.mkfifo(root / "stock" / "shelves.py")

    assert "shop.Good" in models(read(root, SETTINGS))


def test_a_module_that_links_to_itself_is_none(root: Path) -> None:
    (root / "stock" / "shelves.py").unlink()
    (root / "stock" / "shelves.py").symlink_to("shelves.py")

    assert "shop.Good" in models(read(root, SETTINGS))


def test_classes_that_inherit_in_a_circle_are_no_models(root: Path) -> None:
    (root / "stock" / "shelves.py").write_text(
        "class A(B): pass\nclass B(A): pass\nclass Shelf(Shelf): pass\n"
    )

    assert not {label for label in models(read(root, SETTINGS)) if label.startswith("stock.")}


def test_modules_that_import_each_other_are_read(root: Path) -> None:
    (root / "stock" / "models.py").write_text(
        "from django.db import models\nfrom stock.shelves import *\nclass Rack(Shelf): pass\n"
    )
    (root / "stock" / "shelves.py").write_text(
        "from stock.models import *\nfrom stock.models import models\n"
        "class Shelf(models.Model): pass\n"
    )

    assert {"stock.Rack", "stock.Shelf"} <= models(read(root, SETTINGS))


def test_a_file_name_that_is_not_utf_8_can_still_be_reported(root: Path) -> None:
    folder = root / "stock" / "migrations"
    folder.mkdir()
    (folder / "__init__.py").touch()
    Path(os.fsdecode(os.fsencode(folder) + b"/0001_caf\xe9.py")).write_text("def (:\n")

    reading = read(root, SETTINGS)

    assert "0001_caf\N{REPLACEMENT CHARACTER}.py" in reading.sections["migrations"]["error"]


@pytest.mark.parametrize(
    "entry",
    ["", ".", "..", "a..b", "/etc", "../..", "shop/", "a b", "\udcff", "x" * 5000, "os.path"],
)
def test_an_app_of_any_name_is_listed_and_leads_nowhere(root: Path, entry: str) -> None:
    settings = root / "edge" / "settings" / "dev.py"
    settings.write_text(settings.read_text() + f"INSTALLED_APPS = ['shop', {entry!a}]\n")

    reading = read(root, SETTINGS)

    assert [app.entry for app in reading.apps] == ["shop", entry]
    assert reading.apps[1].folder is None


def test_no_settings_module_is_said(root: Path) -> None:
    reading = read(root, "")

    assert reading.sections["settings"]["error"] == "no settings module is named"
    assert reading.sections["apps"]["ok"] is False


def test_a_folder_that_may_not_be_looked_into_is_not_called_missing() -> None:
    with without_rights() as folder:
        make_edge_project(folder)
        for name in ("edge", "stock"):
            (folder / name).chmod(0)
        hidden = read(folder, SETTINGS)
        (folder / "edge").chmod(0o700)
        half = read(folder, SETTINGS)
        (folder / "stock").chmod(0o700)

    assert (
        hidden.sections["settings"]["error"]
        == f"{SETTINGS} cannot be read: edge: Permission denied"
    )
    assert half.sections["models"]["error"] == (
        "stock.models cannot be read: stock: Permission denied"
    )


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("name", ["urls.py", "included.py", "views.py", "admin.py"])
def test_any_file_on_the_way_to_a_url_of(root: Path, name: str, content: bytes) -> None:
    settings = root / "edge" / "settings" / "dev.py"
    settings.write_text(settings.read_text() + "ROOT_URLCONF = 'shop.urls'\n")
    files = {
        "urls.py": (
            "from django.urls import include, path\nfrom shop import views\n"
            "urlpatterns = [path('a/', views.a), path('b/', include('shop.included'))]\n"
        ),
        "included.py": "from django.urls import path\nurlpatterns = [path('c/', id)]\n",
        "views.py": "def a(request): pass\n",
        "admin.py": "",
    }
    for file, text in files.items():
        (root / "shop" / file).write_text(text)
    (root / "shop" / name).write_bytes(content)

    reading = read(root, SETTINGS)

    assert {"shop.Good", "people.Person"} <= models(reading)
    routes = {one["route"] for one in reading.urls.entries}
    assert routes == set() if name == "urls.py" else {"a/"} < routes
    section = reading.sections["urls"]
    assert section["ok"] or section["error"].startswith(f"shop/{name} ")


@pytest.mark.parametrize(
    "text",
    [
        "urlpatterns = [" + "path('a/', id)," * 50_000 + "]",
        "urlpatterns = " + "+".join(["[path('a/', id)]"] * 3_000),
        "urlpatterns = [path('a/', include('shop.urls')), path('b/', include('shop.urls'))]",
        "a = [path('a/', id)]\n"
        + "a = [path('x/', include(a)), path('y/', include(a))]\n" * 40
        + "urlpatterns = a",
        "a = [path('a/', id)]\n" + "a += a\n" * 40 + "urlpatterns = a",
        "urlpatterns = []\n" + "for a in 'abcdefghij':\n" * 1 + "    urlpatterns += urlpatterns",
        "urlpatterns = [path(" + "'a' + " * 3_000 + "'b', id)]",
        "def f(): return f()\nurlpatterns = f()",
        "urlpatterns = [*urlpatterns]",
        "urlpatterns = [path('a/', " + "d(" * 900 + "id" + ")" * 900 + ")]",
        "@a\n" * 100_000 + "urlpatterns = []",
    ],
)
def test_hostile_urlconfs_are_given_up_soon(root: Path, text: str) -> None:
    settings = root / "edge" / "settings" / "dev.py"
    settings.write_text(settings.read_text() + "ROOT_URLCONF = 'shop.urls'\n")
    (root / "shop" / "urls.py").write_text(f"from django.urls import include, path\n{text}\n")

    section = read(root, SETTINGS).sections["urls"]

    assert section["seconds"] < 20


def test_a_file_of_nothing_but_decorators_is_looked_through_soon(tmp_path: Path) -> None:
    file = tmp_path / "views.py"
    file.write_text("@a\n" * 200_000)
    started = time.process_time()

    assert "a" not in Definitions.of(file)
    assert time.process_time() - started < 5
