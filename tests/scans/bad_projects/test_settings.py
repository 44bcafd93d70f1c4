"""Settings that need something, end the process, or do what settings should not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from inspector_app.scans.render.text import render
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

from .telling import failure, settings

pytestmark = pytest.mark.django_db(transaction=True)

_HANDLER = "{'class': 'logging.FileHandler', 'filename': '/nowhere/x.log'}"
LOGGING_INTO_NOWHERE = (
    f"LOGGING = {{'version': 1, 'root': {{'handlers': ['f']}}, 'handlers': {{'f': {_HANDLER}}}}}"
)
# As its second version puts it, and its first.
OF_PYDANTIC = (
    "2 validation errors for Env\nkey\n  Field required [type=missing, input_value={}]\n"
    "    For further information visit its pages\nport\n  is no number (type=type_error)"
)


def test_settings_that_need_the_environment(project: Path, report: Any) -> None:
    line = settings(project, "import os\nKEY = os.environ['SHOP_KEY']")

    found = failure(report(), "variable_missing")

    assert found["title"] == "The environment variable SHOP_KEY is not set"
    assert (found["file"], found["line"]) == ("shop/settings.py", line + 1)
    assert "env file" in found["action"]


def test_a_dictionary_without_a_key_is_no_variable(project: Path, report: Any) -> None:
    settings(project, "KEY = {}['SHOP_KEY']")

    assert failure(report(), "project_raises")["title"] == "KeyError: 'SHOP_KEY'"


@pytest.mark.parametrize(
    ("code", "text", "title"),
    [
        ("project_exits", "import sys; sys.exit('no licence')", "with “no licence”"),
        ("project_exits", "import os; os._exit(0)", "while its settings were loaded (os._exit 0)"),
        ("project_exits", "raise SystemExit", "The project ended itself while it was loaded"),
        ("project_killed", "import os; os.kill(os.getpid(), 9)", "was ended by SIGKILL"),
        ("project_asks", "NAME = input('Name: ')", "asks a question"),
        ("project_raises", "1 / 0", "ZeroDivisionError: division by zero"),
        (
            "project_needs_network",
            "import urllib.request; urllib.request.urlopen('http://127.0.0.1:1/x')",
            "uses the network",
        ),
        (
            "project_needs_database",
            "import sqlite3; sqlite3.connect('/nowhere/x.db')",
            "opens a SQLite file",
        ),
        (
            "variable_invalid",
            f"raise type('ValidationError', (ValueError,), {{}})({OF_PYDANTIC!r})",
            "Env was made without what it needs: key: Field required; port: is no number",
        ),
        ("project_refused", "open('/etc/djdesk-was-here', 'w')", "refused /etc/djdesk-was-here"),
    ],
)
def test_settings_that(project: Path, report: Any, code: str, text: str, title: str) -> None:
    line = settings(project, text)

    found = failure(report(), code)

    assert title in found["title"]
    if code != "project_killed":
        assert (found["file"], found["line"]) == ("shop/settings.py", line)


@pytest.mark.parametrize(
    ("code", "text", "title"),
    [
        ("setting_refused", "INSTALLED_APPS = ('orders')", "INSTALLED_APPS is neither a list"),
        ("setting_refused", "INSTALLED_APPS = ['orders'] * 2", "two apps with the label orders"),
        ("setting_refused", "AUTH_USER_MODEL = 'orders.Nobody'", "names orders.Nobody, which no"),
        ("setting_refused", "TIME_ZONE = 'Mars/Phobos'", "TIME_ZONE is Mars/Phobos, and there"),
        (
            "setting_refused",
            "DATABASES = {'default': {'ENGINE': 'nowhere.sql'}}",
            "DATABASES has the engine nowhere.sql",
        ),
        (
            "file_missing",
            LOGGING_INTO_NOWHERE,
            "opens /nowhere/x.log",
        ),
    ],
)
def test_a_setting_that_django_refuses_is_named_with_its_place(
    project: Path, report: Any, code: str, text: str, title: str
) -> None:
    line = settings(project, text)

    found = report()["findings"][0]

    assert (found["id"], found["severity"]) == (code, "error")
    assert title in found["title"]
    assert (found["file"], found["line"]) == ("shop/settings.py", line)


def test_settings_with_nul_bytes_are_named(project: Path, report: Any) -> None:
    file = project / "shop" / "settings.py"
    file.write_bytes(file.read_bytes() + b"\0\n")

    found = report()["findings"][0]

    assert (found["id"], found["file"]) == ("syntax_error", "shop/settings.py")


def test_a_file_that_cannot_be_read_is_told_with_the_line(project: Path) -> None:
    (project / "orders" / "models.py").write_text("x = 1\nclass Order(\n")

    [found] = [
        one
        for one in scan(open_path(project)).report["findings"]
        if one["rule"] == "unreadable-file"
    ]

    assert (found["file"], found["line"]) == ("orders/models.py", 2)


def test_settings_that_print_without_an_end_are_stopped_for_it(project: Path, report: Any) -> None:
    line = settings(project, "while True:\n    print('x' * 10_000)")

    with override_settings(DJDESK_LOG_LIMIT_BYTES=1_000_000):
        found = failure(report(), "project_prints")

    assert found["title"] == (
        "The project was stopped for all that it printed, while its settings were loaded"
    )
    assert (found["file"], found["line"]) == ("shop/settings.py", line + 1)


def test_settings_that_sleep_are_stopped_and_say_where(project: Path, report: Any) -> None:
    line = settings(project, "import time\ntime.sleep(600)")

    with override_settings(DJDESK_INSPECTOR_TASK_TIMEOUT=3.0):
        found = failure(report(), "project_slow")

    assert found["title"] == ("The project was stopped after 3 s, while its settings were loaded")
    assert (found["file"], found["line"]) == ("shop/settings.py", line + 1)


@pytest.mark.parametrize(
    "text",
    [
        "for n in range(50_000): print('line', n)",
        "import os\nfor n in range(3, 200):\n    try: os.close(n)\n    except OSError: pass",
        "import os\nif os.fork() == 0:\n    pass\nelse:\n    os.wait()",
        "import os\nif os.fork():\n    os.wait()\nelse:\n    os._exit(0)",
        "import sys\nsys.stdout = sys.stderr = None",
        "import sys\nsys.stdout = open('/dev/full', 'w')",
        "import os\nos.closerange(0, 3)",
        "import os\nos.chdir('/')",
        "open('written.txt', 'w').write('x'); open('manage.py', 'a').write('#')",
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()",
        "import atexit, time\natexit.register(time.sleep, 600)",
        "import json, os\njson.dumps = None; os.write = None; os.open = None",
        "import time\ntime.perf_counter = time.monotonic = None",
        "import subprocess\nsubprocess.Popen(['sleep', '600'])",
    ],
)
def test_settings_that_do_odd_things_hide_nothing(project: Path, report: Any, text: str) -> None:
    settings(project, text)

    found = report()

    assert [one["title"] for one in found["findings"] if one["severity"] != "info"] == []
    assert found["checks"]["default"] == []
    assert {name for name, one in found["sections"].items() if one["source"] == "static"} == {
        "requirements"
    }
    assert found["files_changed"] == []


def test_what_was_written_is_listed_without_our_own_files(project: Path, report: Any) -> None:
    settings(project, "import os; open(os.environ['TMPDIR'] + '/mine', 'w').write('x')")

    assert [one["path"] for one in report()["attempted_writes"]] == ["$TMPDIR/mine"]


def test_settings_that_ignore_their_children_hide_nothing(project: Path, report: Any) -> None:
    settings(project, "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)")

    assert [one["title"] for one in report()["findings"] if one["severity"] != "info"] == []


def test_a_variable_that_a_library_asks_for_is_placed_in_the_project(
    project: Path, report: Any
) -> None:
    line = settings(project, "KEY = __import__('asking').ask('SHOP_KEY')")
    library = project / "lib" / "site-packages"
    library.mkdir(parents=True)
    (library / "asking.py").write_text(
        "import os\n"
        "def ask(name):\n"
        "    try:\n"
        "        return os.environ[name]\n"
        "    except KeyError as error:\n"
        "        raise ValueError(f'Set the {name} environment variable') from error\n"
    )
    settings(project, f"import sys; sys.path.append({str(library)!r})", before=True)
    found = report()["findings"][0]

    assert (found["id"], found["file"]) == ("variable_missing", "shop/settings.py")
    assert found["line"] == line + 1


def test_apps_that_settings_compute_are_read_although_one_of_them_does_not_load(
    project: Path, report: Any
) -> None:
    settings(project, "INSTALLED_APPS += [name.lower() for name in ['BROKEN'] if DEBUG]")
    (project / "broken").mkdir()
    (project / "broken" / "__init__.py").touch()
    (project / "broken" / "models.py").write_text(
        "from django.db import models\nimport not_installed\nclass Part(models.Model):\n    pass\n"
    )
    found = report()

    assert found["findings"][0]["id"] == "dependency_missing"
    (app,) = [one for one in found["apps"] if one["name"] == "broken"]
    assert [one["label"] for one in app["models"]] == ["broken.Part"]


@pytest.mark.parametrize("trusted", [False, True])
def test_settings_that_are_not_there(project: Path, *, trusted: bool) -> None:
    script = project / "manage.py"
    script.write_text(script.read_text().replace("shop.settings", "shop.setings"))
    workspace = open_path(project)
    if trusted:
        trust.grant(workspace)

    found = scan(workspace).report

    [first, *_] = found["findings"]
    assert (first["id"], first["severity"]) == ("settings_missing", "error")
    assert first["file"] == "manage.py"
    assert "shop.setings was not found" in first["title"]
    assert "choose shop.settings with --settings" in first["action"]
    assert found["sections"]["apps"]["ok"] is False
    assert "Apps              not known" in render(found)


def test_a_script_that_cannot_be_read_does_not_leave_its_settings_to_another_silently(
    project: Path,
) -> None:
    script = project / "manage.py"
    script.write_text("def main(:\n" + script.read_text())
    (project / "shop" / "wsgi.py").write_text(
        "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
    )

    [first, *_] = scan(open_path(project)).report["findings"]

    assert (first["id"], first["severity"]) == ("script_unreadable", "error")
    assert first["title"].startswith("manage.py has a syntax error in line ")
    assert "shop.settings, are named in shop/wsgi.py:2" in first["why"]
