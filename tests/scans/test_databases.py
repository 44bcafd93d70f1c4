from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.render.facts import engine
from inspector_app.scans.static.reading import StaticReading, read_project
from tests.workspaces.layouts import make_manage_py

SQLITE = "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3'}}\n"
MYSQL = "    DATABASES = {'default': {'ENGINE': 'django.db.backends.mysql', 'USER': 'u'}}\n"


def read(root: Path, text: str) -> StaticReading:
    make_manage_py(root, "conf")
    (root / "conf.py").write_text(f"import os\nINSTALLED_APPS = ['shop']\n{text}")
    return read_project(root, Path("manage.py"), "conf")


def of(reading: StaticReading) -> list[tuple[str, str]]:
    return [(one["alias"], engine(one)) for one in reading.databases]


FORMATTED = """
GIS = os.getenv("DB") == "postgis"
NAME = "django.{}db.backends.{}".format("contrib.gis." if GIS else "", os.getenv("DB", "sqlite3"))
DATABASES = {"default": {"ENGINE": NAME}}
"""
CONFIGURED = """
import configparser
config = configparser.ConfigParser()
DATABASES = {"default": {"ENGINE": "django.db.backends." + config.get("database", "backend")}}
"""
LATER = ", unless the environment or code that was not run says otherwise"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (SQLITE, "sqlite3"),
        (SQLITE + "DATABASES['default']['NAME'] = os.environ.get('X')\n", "sqlite3"),
        (SQLITE + "DATABASES['default'].update({'NAME': 'x'})\n", "sqlite3"),
        (SQLITE + "DATABASES['default']['ENGINE'] = 'a.b.oracle'\n", "oracle"),
        (
            SQLITE + f"if os.environ.get('DB', '').lower() == 'mysql':\n{MYSQL}",
            "sqlite3" + LATER,
        ),
        (
            SQLITE + f"if os.environ.get('DB', 'MySQL').lower() == 'mysql':\n{MYSQL}",
            "mysql" + LATER,
        ),
        (
            FORMATTED,
            "sqlite3" + LATER,
        ),
        (SQLITE + f"if computed():\n{MYSQL}", "not known: mysql or sqlite3"),
        (
            f"if computed():\n{MYSQL}else:\n    {SQLITE}",
            "not known: mysql or sqlite3",
        ),
        (SQLITE + "DATABASES['default'].update(computed())\n", "not known: sqlite3"),
        (
            CONFIGURED,
            "not literal",
        ),
        ("DATABASES = {'default': computed()}", "not literal"),
    ],
)
def test_an_engine_is_what_is_sure_of_it(tmp_path: Path, text: str, known: str) -> None:
    assert of(read(tmp_path, text)) == [("default", known)]


def notes_on_databases(reading: StaticReading) -> list[str]:
    return [one for one in reading.sections["settings"]["notes"] if one.startswith("DATABASES")]


def test_a_database_that_only_one_branch_names_is_not_invented(tmp_path: Path) -> None:
    more = "if computed():\n    DATABASES['replica'] = {'ENGINE': 'django.db.backends.mysql'}\n"
    reading = read(tmp_path, SQLITE + more)

    assert [one["alias"] for one in reading.databases] == ["default"]
    [note] = notes_on_databases(reading)
    assert "(conf.py:4), so it may name others" in note


def test_databases_that_are_computed_are_said_to_be(tmp_path: Path) -> None:
    reading = read(tmp_path, "DATABASES = computed()\n")

    assert reading.databases == []
    [note] = notes_on_databases(reading)
    assert note == "DATABASES is computed (conf.py:3), so the databases are not known"


def test_nothing_but_the_engine_leaves_the_settings(tmp_path: Path) -> None:
    found: list[dict[str, Any]] = read(tmp_path, SQLITE + f"if computed():\n{MYSQL}").databases

    assert found == [{"alias": "default", "engine": "", "candidates": ["sqlite3", "mysql"]}] or (
        found == [{"alias": "default", "engine": "", "candidates": ["mysql", "sqlite3"]}]
    )
