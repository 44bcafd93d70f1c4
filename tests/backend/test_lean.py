from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.serving import Served


def test_the_engine_loads_no_openssl(served: Served, sample: Path) -> None:
    served.open_trusted(sample)
    loaded = Path(f"/proc/{served.process.pid}/maps").read_text()

    assert "libsqlite3" in loaded
    assert "libssl" not in loaded
    assert "libcrypto" not in loaded


def test_the_python_for_projects_has_openssl() -> None:
    code = "import hashlib, ssl; print(ssl.OPENSSL_VERSION, hashlib.new('sha512').name)"
    result = subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "python", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout.startswith("OpenSSL")


LEAN = """
import sys
from backend import lean
lean.make_lean()
from backend.engine import set_up_django
set_up_django()
"""


def _lean(code: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", LEAN + code], capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


def test_the_engine_loads_nothing_that_no_page_uses() -> None:
    heavy = (
        *("asyncio.", "sqlparse.", "email.mime", "django.core.mail.", "argparse", "difflib"),
        *("django.forms.", "django.views.generic.edit", "django.views.debug.", "lzma", "bz2"),
        *("django.db.migrations.", "statistics", "fractions"),
    )
    code = f"""
import backend.urls, backend.wsgi
from django.urls import resolve
from backend.lean import _Later
resolve("/")
heavy = {heavy}
print(sorted(
    name for name, module in sys.modules.items()
    if name.startswith(heavy) and module is not None and not isinstance(module, _Later)
))
"""
    assert _lean(code) == "['asyncio.coroutines']"


def test_forms_and_class_based_views_are_there_when_something_uses_them() -> None:
    assert _lean("from django import forms; print(forms.CharField().clean(' a '))") == "a"
    assert _lean("from django.forms.models import ModelForm; print(ModelForm)")
    assert _lean("from django.views.generic import ListView, View; print(ListView)")
    assert _lean("from django.views import View, debug; print(View, debug.ExceptionReporter)")
    assert _lean("from django.views.generic import dates; print(dates.DayMixin)")


def test_the_sql_parser_is_there_when_something_uses_it() -> None:
    assert _lean("import sqlparse; print(sqlparse.split('a; b'))") == "['a;', 'b']"
    assert _lean("from sqlparse.sql import Token; print(Token.__name__)") == "Token"


def test_the_engine_knows_time_zones_and_management_commands() -> None:
    assert _lean("import zoneinfo; print(zoneinfo.ZoneInfo('Europe/Zurich'))") == "Europe/Zurich"
    assert _lean("from django.core.management import call_command; call_command('check')")
    assert _lean("from django.core.management.color import color_style; print(color_style())")


def test_names_of_characters_are_known_when_one_is_met() -> None:
    code = "import html, sys; print(len(html._html5), html.unescape('&eacute;&amp;&lt;&nope;'))"
    assert _lean(code) == "0 é&<&nope;"
    assert _lean("from html.entities import name2codepoint as n; print(n['eacute'])") == "233"


def test_mail_is_there_when_something_sends_one() -> None:
    backend = "'django.core.mail.backends.dummy.EmailBackend'"

    assert _lean(f"from django.core import mail; print(mail.get_connection({backend}))")
    assert _lean("from django.core.mail import EmailMessage; print(EmailMessage.__name__)")


def test_statistics_are_there_when_a_query_asks_for_them() -> None:
    code = """
from django.db.backends.sqlite3._functions import StdDevPop
values = StdDevPop()
for value in (2, 4): values.step(value)
print(values.finalize())
"""
    assert _lean(code) == "1.0"


def test_a_command_line_loads_nothing_that_has_to_do_with_requests() -> None:
    code = """
import inspector_app.scans.scan, inspector_app.scans.runtime.probing, inspector_app.runs.execute
import inspector_app.workspaces.opening, inspector_app.runs.create
print(sorted(name for name in sys.modules if name in ("django.urls", "django.http")))
"""
    assert _lean(code) == "[]"


def test_django_takes_plain_functions_for_what_they_are() -> None:
    code = """
async def later(): pass
from asgiref.sync import iscoroutinefunction
print(iscoroutinefunction(later), iscoroutinefunction(len))
"""
    assert _lean(code) == "True False"


def test_every_view_can_be_imported() -> None:
    code = """
from django.urls import get_resolver
from importlib import import_module
def names(patterns):
    for one in patterns:
        if hasattr(one, "url_patterns"): yield from names(one.url_patterns)
        else: yield one.callback.__qualname__
found = [name for name in names(get_resolver().url_patterns) if "." in name]
for name in found:
    module, _, function = name.rpartition(".")
    getattr(import_module("inspector_app.views." + module), function)
print(len(found) > 20)
"""
    assert _lean(code) == "True"
