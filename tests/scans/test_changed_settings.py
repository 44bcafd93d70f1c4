"""Settings that differ from Django's: values, places, what they depend on, and no secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.static.reading import StaticReading, read_project
from tests.scans.asking import read
from tests.scans.asking_source import ask, changed
from tests.scans.url_project import make_url_project
from tests.workspaces.layouts import make_manage_py

SETTINGS = "conf.settings.local"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_url_project(tmp_path_factory.mktemp("settings"))


@pytest.fixture(scope="module")
def reading(root: Path) -> StaticReading:
    return read(root, SETTINGS)


def of(folder: Path, text: str, more: dict[str, str] | None = None) -> dict[str, dict[str, Any]]:
    return changed(whole(folder, text, more))


def whole(folder: Path, text: str, more: dict[str, str] | None = None) -> StaticReading:
    make_manage_py(folder, "conf")
    for name, content in {"conf.py": text, **(more or {})}.items():
        (folder / name).write_text(content)
    return read_project(folder, Path("manage.py"), "conf", [])


def test_they_are_the_ones_that_django_has(root: Path, reading: StaticReading) -> None:
    said = ask(root, SETTINGS).said["settings"]
    known = changed(reading)

    assert set(known) == set(said)
    wrong = {name: one for name, one in known.items() if one["value"] != said[name]}
    # A secret, what Django adds to a database, and what only running the code can tell.
    assert set(wrong) == {"SECRET_KEY", "DATABASES", "SHELF_TIMEOUT"}
    assert wrong["DATABASES"]["value"]["default"]["NAME"] == str(root / "db.sqlite3")


def test_each_has_its_place_and_django_s_default(reading: StaticReading) -> None:
    known = changed(reading)

    assert (known["INTERNAL_IPS"]["file"], known["INTERNAL_IPS"]["line"]) == (
        "conf/settings/local.py",
        5,
    )
    assert (known["DEBUG"]["default"], known["DEBUG"]["custom"]) == (False, False)
    assert (known["SHELF"]["default"], known["SHELF"]["custom"]) == (None, True)


def test_modules_are_named_in_the_order_in_which_they_are_read(reading: StaticReading) -> None:
    assert reading.changed_settings["modules"] == [
        {"module": "conf.settings.local", "file": "conf/settings/local.py"},
        {"module": "conf.settings.base", "file": "conf/settings/base.py"},
    ]


def test_what_is_not_known_says_so_and_shows_its_text(reading: StaticReading) -> None:
    one = changed(reading)["SHELF_TIMEOUT"]

    assert (one["value"], one["known"], one["expression"]) == (
        None,
        False,
        "timedelta(minutes=5)",
    )


def test_variables_of_the_environment_are_named(reading: StaticReading) -> None:
    known = changed(reading)
    told = {one["variable"]: one for one in reading.changed_settings["environment"]}

    assert (known["SITE_NAME"]["value"], known["SITE_NAME"]["depends"]) == ("Shelf", True)
    assert known["SITE_NAME"]["environment"] == ["SITE_NAME"]
    assert (told["MAIL_PORT"]["default"], told["MAIL_PORT"]["required"]) == ("2525", False)
    assert told["MAIL_PORT"]["settings"] == ["EMAIL_PORT"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("import os\nX = os.path.join('/a', 'b')\n", "/a/b"),
        ("from pathlib import Path\nB = Path(__file__).resolve().parent\nX = B.name\n", None),
        ("from pathlib import Path\nX = str(Path('/a/b').parents[0] / 'c')\n", "/a/c"),
        ("import environ\nR = environ.Path('/a/b/c') - 2\nX = R('d')\n", "/a/d"),
        ("X = 60 * 60 * 24\n", 86_400),
        ("X = 'a%s' % 'b'\n", "ab"),
        ("X = ','.join(['a', 'b'])\n", "a,b"),
        ("N = 'x'\nX = f'{N}-y'\n", "x-y"),
        ("from decouple import config\nX = config('A', default='no', cast=bool)\n", False),
        ("from decouple import config\nX = config('A', default='3', cast=int)\n", 3),
        ("import environ\nenv = environ.Env(A=(int, 7))\nX = env('A')\n", 7),
        ("import environ\nenv = environ.Env()\nX = env.bool('A', default=True)\n", True),
        ("from environs import Env\nenv = Env()\nX = env.list('A', ['b'])\n", ["b"]),
        ("from django.utils.translation import gettext_lazy as _\nX = [('en', _('E'))]\n", None),
    ],
)
def test_values_that_are_computed(tmp_path: Path, text: str, value: object) -> None:
    known = of(tmp_path, text)["X"]["value"]

    expected = {"B.name": tmp_path.name, "gettext": [["en", "E"]]}
    special = next((right for word, right in expected.items() if word in text), value)
    assert known == special


@pytest.mark.parametrize(
    ("address", "engine"),
    [
        ("postgres://u:p@h:5432/n", "django.db.backends.postgresql"),
        ("sqlite:///db.sqlite3", "django.db.backends.sqlite3"),
        ("mysql://u@h/n", "django.db.backends.mysql"),
        ("postgis://h/n", "django.contrib.gis.db.backends.postgis"),
    ],
)
@pytest.mark.parametrize(
    "call",
    [
        "import dj_database_url\nD = dj_database_url.config(default={!r})\n",
        "import dj_database_url\nD = dj_database_url.parse({!r})\n",
        "import environ\nenv = environ.Env()\nD = env.db('DATABASE_URL', default={!r})\n",
    ],
)
def test_a_database_as_an_address_has_an_engine(
    tmp_path: Path, call: str, address: str, engine: str
) -> None:
    reading = whole(tmp_path, call.format(address) + "DATABASES = {'default': D}\n")

    [database] = reading.databases
    assert database["engine"] == engine.rpartition(".")[2]
    one = changed(reading)["DATABASES"]["value"]["default"]
    assert one["ENGINE"] == engine
    assert "p@" not in str(one)


def test_split_settings_are_followed_in_order(tmp_path: Path) -> None:
    text = (
        "from split_settings.tools import include, optional\n"
        "A = 1\ninclude('parts/*.py', optional('gone.py'))\nC = B + 1\n"
    )
    (tmp_path / "parts").mkdir()
    reading = whole(tmp_path, text, {"parts/a.py": "B = A + 1\n", "parts/b.py": "B = B * 10\n"})

    assert changed(reading)["C"]["value"] == 21
    assert changed(reading)["B"]["file"] == "parts/b.py"
    assert [one["file"] for one in reading.changed_settings["modules"]] == [
        "conf.py",
        "parts/a.py",
        "parts/b.py",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("API_SECRET = 'x'", "name"),
        ("BROKER = 'amqp://u:hunter22@host/'", "url"),
        ("PLAIN = 'ghp_" + "a1" * 18 + "'", "GitHub token"),
        ("NESTED = {'a': {'PASSWORD': 'hunter22'}}", "name"),
    ],
)
def test_no_secret_is_in_a_value(tmp_path: Path, line: str, reason: str) -> None:
    name = line.partition(" ")[0]
    one = of(tmp_path, line + "\n")[name]

    assert (one["redacted"], one["reason"]) == (True, reason)
    assert "hunter22" not in str(one)
    assert "a1a1a1" not in str(one)


def test_the_default_of_a_secret_s_variable_is_not_shown(tmp_path: Path) -> None:
    reading = whole(tmp_path, "import os\nSECRET_KEY = os.environ.get('KEY_OF_SITE', 'hunter22')\n")

    [told] = reading.changed_settings["environment"]
    assert (told["default"], told["redacted"]) == (None, True)
    assert "expression" not in changed(reading)["SECRET_KEY"]


@pytest.mark.parametrize(
    "line",
    [
        "X = " + "[" * 200 + "]" * 200,
        "X = 'a' * 10 ** 9",
        "X = 10 ** 10 ** 10",
        "X = 1 << 10 ** 9",
        "import os\nX = 'a'\n" + "X = os.path.join(X, X)\n" * 60,
        "X = 'ab'\n" + "X = X + X\n" * 60,
        "X = 'ab'\n" + "X = '%s%s' % (X, X)\n" * 60,
        "X = ['ab']\n" + "X = ['x'.join(X + X)]\n" * 60,
        "from pathlib import Path\nX = Path('a')\n" + "X = X / X\n" * 60,
        "X = " + " + ".join(["'a'"] * 5_000),
        "X = {" + ", ".join(f"'{n}': {{}}" for n in range(20_000)) + "}",
        "X = '%999999999s' % 'a'",
        "X = '{:999999999}'.format('a')",
    ],
)
def test_hostile_expressions_are_given_up_soon(tmp_path: Path, line: str) -> None:
    reading = whole(tmp_path, line + "\n")

    assert reading.sections["settings"]["seconds"] < 5
    assert len(str(changed(reading).get("X"))) < 2_000_000


def test_another_module_is_read_by_one_call(root: Path) -> None:
    from inspector_app.scans.static.changed_settings import settings_of
    from inspector_app.scans.static.modules import Modules

    told = settings_of("conf.settings.base", Modules(root, root))

    assert "INTERNAL_IPS" not in {one["name"] for one in told["changed"]}
