"""Projects that do not start: each says what, where and what to do, and keeps its source text's."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import pytest
from django.test import override_settings

from inspector_app.models import WorkspaceTaskRun
from inspector_app.scans.runtime import probing
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust, verify
from inspector_app.workspaces.opening import open_path
from tests.scans.test_report import validate
from tests.scans.version_project import make_environment
from tests.workspaces.layouts import make_venv

pytestmark = pytest.mark.django_db(transaction=True)

Unchanged = Callable[[Path], None]


@pytest.fixture
def report(project: Path, unchanged: Unchanged) -> Callable[[], dict[str, Any]]:
    """Scans the project, which must not be changed by that."""

    def report_of() -> dict[str, Any]:
        unchanged(project)
        workspace = open_path(project)
        trust.grant(workspace)
        found: dict[str, Any] = scan(workspace).report
        validate(found)
        return found

    return report_of


def settings(project: Path, text: str, *, before: bool = False) -> int:
    """Add to the settings; returns the line of the first that was added."""
    file = project / "shop" / "settings.py"
    old = file.read_text()
    file.write_text(f"{text}\n{old}" if before else f"{old}\n{text}\n")
    return 1 if before else old.count("\n") + 2


def failure(report: dict[str, Any], code: str) -> dict[str, Any]:
    """The finding, which stands first; what the source text tells is there all the same."""
    found = report["findings"][0]
    assert found["id"] == code, report["findings"]
    assert found["severity"] == "error"
    assert found["why"]
    assert found["action"]
    assert "Traceback" not in str(report)
    if found["file"] != "shop/settings.py":
        assert [app["label"] for app in report["apps"] if app["path"]] == ["orders"]
    return dict(found)


def test_a_syntax_error_in_one_app(project: Path, report: Any) -> None:
    (project / "orders" / "models.py").write_text("from django.db import models\nclass Order(:\n")

    found = failure(report(), "syntax_error")

    assert (found["file"], found["line"]) == ("orders/models.py", 2)
    assert found["title"].startswith("orders/models.py is no valid Python 3.")


def test_a_missing_dependency_names_package_interpreter_and_requirement(
    project: Path, report: Any
) -> None:
    (project / "requirements.txt").write_text("gunicorn\ndjangorestframework>=3.14  # the API\n")
    (project / "orders" / "models.py").write_text("import os\nimport rest_framework.views\n")

    found = failure(report(), "dependency_missing")

    assert (found["file"], found["line"]) == ("orders/models.py", 2)
    assert found["title"].startswith("The package rest_framework is not installed in /")
    assert "djangorestframework>=3.14 (requirements.txt:2)" in found["action"]


def test_a_dependency_that_no_requirement_names(project: Path, report: Any) -> None:
    (project / "orders" / "models.py").write_text("import no_such_package\n")

    assert "No requirement file" in failure(report(), "dependency_missing")["action"]


def test_a_module_of_the_project_that_is_missing(project: Path, report: Any) -> None:
    (project / "orders" / "models.py").write_text("from orders.prices import price\n")

    found = failure(report(), "module_missing")

    assert found["title"] == "The project has no module orders.prices"
    assert found["file"] == "orders/models.py"


def test_a_circular_import(project: Path, report: Any) -> None:
    (project / "orders" / "models.py").write_text("from orders.prices import price\nORDER = 1\n")
    (project / "orders" / "prices.py").write_text("\nfrom orders.models import ORDER\nprice = 1\n")

    found = failure(report(), "circular_import")

    assert (found["file"], found["line"]) == ("orders/prices.py", 2)
    assert "ORDER" in found["title"]


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
        ("project_refused", "open('/etc/djdesk-was-here', 'w')", "refused /etc/djdesk-was-here"),
    ],
)
def test_settings_that(project: Path, report: Any, code: str, text: str, title: str) -> None:
    line = settings(project, text)

    found = failure(report(), code)

    assert title in found["title"]
    if code != "project_killed":
        assert (found["file"], found["line"]) == ("shop/settings.py", line)


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


def test_a_urlconf_that_raises_leaves_the_models(project: Path, report: Any) -> None:
    (project / "shop" / "urls.py").write_text("import django\nraise ValueError('no URLs today')\n")

    found = report()

    assert found["sections"]["urls"]["error"] == "ValueError: no URLs today"
    assert found["sections"]["models"]["source"] == "runtime"
    assert found["sections"]["models"]["ok"]
    assert [one["label"] for one in found["apps"] if one["path"]] == ["orders"]
    finding = found["findings"][0]
    assert finding["title"] == "ValueError: no URLs today"
    assert (finding["file"], finding["line"]) == ("shop/urls.py", 2)


def test_two_leaf_migrations(project: Path, report: Any) -> None:
    folder = project / "orders" / "migrations"
    for name in ("0001_left", "0001_right"):
        (folder / f"{name}.py").write_text(
            "from django.db import migrations\n"
            "class Migration(migrations.Migration):\n    dependencies = []\n"
        )

    found = report()

    leaves = ["0001_left", "0001_right"]
    assert found["migrations"]["conflicts"] == [{"app": "orders", "leaves": leaves}]
    assert found["sections"]["migrations"]["source"] == "runtime"
    assert "migration graph" in [one["id"] for one in found["findings"]]


def test_a_migration_that_depends_on_none_there_is(project: Path, report: Any) -> None:
    (project / "orders" / "migrations" / "0001_initial.py").write_text(
        "from django.db import migrations\n"
        "class Migration(migrations.Migration):\n    dependencies = [('orders', '0000_gone')]\n"
    )

    found = report()

    assert [one["name"] for one in found["migrations"]["apps"]["orders"]] == ["0001_initial"]
    [note] = found["sections"]["migrations"]["notes"]
    assert "0000_gone" in note


@pytest.mark.parametrize(
    "text",
    [
        "import os; os._exit(3)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import sys; sys.exit(3)",
    ],
)
def test_a_migration_that_ends_the_process_takes_nothing_else_with_it(
    project: Path, report: Any, text: str
) -> None:
    (project / "orders" / "migrations" / "0001_initial.py").write_text(text + "\n")

    found = report()

    told = {name for name, one in found["sections"].items() if one["source"] == "runtime"}
    assert {"models", "checks", "urls", "settings", "admin", "signals"} <= told
    assert found["sections"]["migrations"]["source"] == "static"
    assert found["findings"][0]["severity"] == "error"


def test_settings_that_ignore_their_children_hide_nothing(project: Path, report: Any) -> None:
    settings(project, "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)")

    assert [one["title"] for one in report()["findings"] if one["severity"] != "info"] == []


def test_a_migration_that_raises_leaves_what_the_source_text_tells(
    project: Path, report: Any
) -> None:
    (project / "orders" / "migrations" / "0001_initial.py").write_text("import gone\n")

    found = report()

    section = found["sections"]["migrations"]
    assert section["source"] == "static"
    assert "No module named 'gone'" in section["error"]
    assert [one["name"] for one in found["migrations"]["apps"]["orders"]] == ["0001_initial"]


BACKEND = """
import time
from django.db.backends.sqlite3.base import *
from django.db.backends.sqlite3 import base

class DatabaseWrapper(base.DatabaseWrapper):
    vendor = "away"

    def get_new_connection(self, params):
        {body}
"""


def database(found: dict[str, Any], alias: str = "default") -> dict[str, Any]:
    return dict(next(one for one in found["databases"] if one["alias"] == alias))


def test_a_database_that_is_not_there_is_not_made(project: Path, report: Any) -> None:
    found = report()

    assert database(found)["reachable"] is False
    assert database(found)["error"] == "its file does not exist yet"
    assert not (project / "db.sqlite3").exists()
    assert found["migrations"]["unapplied"] is None


def test_a_database_that_is_locked(project: Path, report: Any) -> None:
    with sqlite3.connect(project / "db.sqlite3") as connection:
        connection.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
    connection.close()
    locking = sqlite3.connect(project / "db.sqlite3", isolation_level=None)
    locking.execute("BEGIN EXCLUSIVE")
    try:
        found = report()
    finally:
        locking.close()

    assert found["migrations"]["unapplied"] is None or database(found)["reachable"]
    assert found["checks"]["default"] == []


def test_a_database_that_is_none(project: Path, report: Any) -> None:
    (project / "db.sqlite3").write_text("this is no database, and long enough to be looked at" * 9)

    assert database(report()) | {"version": ""} == {
        "alias": "default",
        "engine": "sqlite3",
        "vendor": "sqlite",
        "version": "",
        "reachable": False,
        "error": "file is not a database",
    }


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("time.sleep(600)", "no answer within 3 s"),
        ("raise base.Database.OperationalError('connection refused')", "connection refused"),
        ("raise NotImplementedError('server 9 is too old')", "server 9 is too old"),
    ],
)
def test_a_database_server_that_does_not_answer(
    project: Path, unchanged: Unchanged, body: str, error: str
) -> None:
    (project / "backend_away").mkdir()
    (project / "backend_away" / "__init__.py").touch()
    (project / "backend_away" / "base.py").write_text(BACKEND.format(body=body))
    settings(project, "DATABASES['away'] = {'ENGINE': 'backend_away', 'NAME': 'x'}")
    unchanged(project)
    workspace = open_path(project)
    trust.grant(workspace)
    workspace.network = True
    workspace.save()

    found = scan(workspace).report

    assert database(found, "away")["reachable"] is False
    assert database(found, "away")["error"] == error
    assert found["checks"]["default"] == []


def test_a_server_is_not_asked_without_the_network(project: Path, report: Any) -> None:
    (project / "backend_away").mkdir()
    (project / "backend_away" / "__init__.py").touch()
    (project / "backend_away" / "base.py").write_text(BACKEND.format(body="time.sleep(600)"))
    settings(project, "DATABASES['away'] = {'ENGINE': 'backend_away', 'NAME': 'x'}")

    away = database(report(), "away")

    assert away["reachable"] is None
    assert "allows no network" in away["error"]


@pytest.mark.projects
def test_a_python_that_is_too_old_for_its_django(project: Path) -> None:
    """It is not chosen, but it may have become so since."""
    python = make_environment(project / ".venv", "5.2", "3.9")

    found = failure(_asked_by(project, python), "python_too_old")

    assert found["title"].startswith("Django 5.2")
    assert f"needs Python 3.10, and {python} is 3.9" in found["title"]


@pytest.mark.projects
def test_a_python_that_is_too_old_to_be_asked(project: Path, report: Any) -> None:
    make_environment(project / ".venv", "3.2", "3.6")

    assert failure(report(), "python_too_old")["title"].startswith("Python 3.6")


def test_an_interpreter_without_django(project: Path, unchanged: Unchanged) -> None:
    python = make_venv(project / ".venv")
    unchanged(project)

    found = failure(_asked_by(project, python), "django_missing")

    assert found["title"] == f"{python} has no Django."


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


LATE = """
from django.db import models

class Late(models.Model):
    class Meta:
        app_label = "orders"
"""
LATE_MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [migrations.CreateModel("Late", [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                   verbose_name="ID")),
    ])]
"""


def test_models_that_only_the_urlconf_imports_count(project: Path, report: Any) -> None:
    (project / "orders" / "late.py").write_text(LATE)
    (project / "orders" / "migrations" / "0001_initial.py").write_text(LATE_MIGRATION)
    (project / "shop" / "urls.py").write_text("import orders.late\nurlpatterns = []\n")
    found = report()

    assert found["migrations"]["missing"] == []
    (orders,) = [one for one in found["apps"] if one["label"] == "orders"]
    assert [one["label"] for one in orders["models"]] == ["orders.Late"]


def test_permissions_that_only_an_instance_tells_are_left_out(project: Path, report: Any) -> None:
    (project / "shop" / "urls.py").write_text(
        "from django.urls import path\nfrom django.views import View\n"
        "class Asked(View):\n    permission_classes = property(lambda self: [])\n"
        "urlpatterns = [path('asked/', Asked.as_view())]\n"
    )
    found = report()

    assert found["sections"]["urls"]["error"] is None
    assert [one["route"] for one in found["urls"]] == ["asked/"]


def test_a_check_that_raises_is_told_like_everything_that_stops_a_command(
    project: Path, report: Any
) -> None:
    (project / "orders" / "apps.py").write_text(
        "from django.apps import AppConfig\nfrom django.core import checks\n"
        "@checks.register\n"
        "def has_cache(**_):\n    import not_installed\n"
        "class OrdersConfig(AppConfig):\n    name = 'orders'\n"
    )
    found = failure(report(), "dependency_missing")

    assert "not_installed" in found["title"]
    assert (found["file"], found["line"]) == ("orders/apps.py", 5)
    assert found["why"].startswith("The system check orders.apps.has_cache stops at it")


def test_a_package_that_fails_itself_is_named(project: Path, report: Any) -> None:
    library = project / "lib" / "site-packages"
    (library / "oldone").mkdir(parents=True)
    (library / "oldone" / "__init__.py").write_text("import json\njson.__no_such_version__\n")
    settings(project, f"import sys; sys.path.append({str(library)!r})", before=True)
    line = settings(project, "__import__('oldone')")

    found = failure(report(), "project_raises")

    assert "It is raised in the package oldone" in found["action"]
    assert (found["file"], found["line"]) == ("shop/settings.py", line)


def test_a_file_that_is_not_there_is_named(project: Path, report: Any) -> None:
    line = settings(project, "KEY = (BASE_DIR / 'key.txt').read_text()")

    found = failure(report(), "file_missing")

    assert found["title"] == "The project opens key.txt while it is loaded, which is not there"
    assert (found["file"], found["line"]) == ("shop/settings.py", line)


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


def test_an_interpreter_that_hangs_is_given_up_soon(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "LIMIT_S", 0.5)
    monkeypatch.setattr(probing, "LIMIT_S", 0.5)
    python = make_venv(project / ".venv")
    python.unlink()
    python.write_text("#!/bin/sh\nsleep 600\n")
    python.chmod(0o755)
    started = time.monotonic()

    found = failure(_asked_by(project, python), "interpreter_hangs")

    assert time.monotonic() - started < 10
    assert found["title"].startswith(f"{python} did not answer within")


def test_a_start_of_the_project_proves_its_interpreter(project: Path) -> None:
    workspace = open_path(project)
    trust.grant(workspace)
    workspace.interpreter, workspace.bundled = sys.executable, False
    workspace.save()

    scan(workspace)
    workspace.refresh_from_db()

    assert workspace.interpreter_proof == verify.fingerprint(Path(sys.executable))
    assert workspace.python_version == platform.python_version()
    assert workspace.django_version == django.get_version()


def _asked_by(project: Path, python: Path) -> dict[str, Any]:
    """The report of a scan that uses this interpreter, whatever is known of it."""
    workspace = open_path(project)
    trust.grant(workspace)
    workspace.interpreter, workspace.bundled = str(python), False
    workspace.save()
    found: dict[str, Any] = scan(workspace).report
    return found


def test_a_project_that_vanishes_during_the_scan(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector_app.runs import execute, preflight

    workspace = open_path(project)
    trust.grant(workspace)

    def vanish(run: WorkspaceTaskRun) -> None:
        preflight.check_again(run)
        shutil.rmtree(project)

    monkeypatch.setattr(execute, "check_again", vanish)
    row = scan(workspace)

    assert row.state == row.State.DONE
    assert row.report["findings"][0]["id"] == "folder_missing"
    assert str(project) in row.report["findings"][0]["title"]
