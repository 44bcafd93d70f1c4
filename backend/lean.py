"""What the engine does without, so that it stays small."""

from __future__ import annotations

import gc
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

# glibc's malloc.h
_M_ARENA_MAX = -8

# As Python is configured by default (PEP 615).
TIME_ZONES = (
    "/usr/share/zoneinfo",
    "/usr/lib/zoneinfo",
    "/usr/share/lib/zoneinfo",
    "/etc/zoneinfo",
)

_CHECKS = (
    *("async_checks", "caches", "commands", "compatibility.django_4_0", "database", "files"),
    *("security.base", "security.csrf", "security.sessions", "templates", "translation"),
)


def without_openssl() -> None:
    """Let every later import find no OpenSSL; call it before any other import.

    It would take 5 MiB. The engine makes no TLS connection, and Python's own hashes are the same.
    """
    for name in ("ssl", "_ssl", "_hashlib"):
        sys.modules[name] = None  # type: ignore[assignment]


def without_event_loop() -> None:
    """Let Django find no asyncio; call it before any other import.

    It would take 3 MiB and 30 ms, for a question that it answers with "there is none" before each
    access to the database. Django's own use of it for asynchronous views needs a running loop, and
    waitress has none.
    """
    coroutines = ModuleType("asyncio.coroutines")
    coroutines._is_coroutine = object()  # type: ignore[attr-defined]  # noqa: SLF001
    loops = ModuleType("asyncio", "The engine runs no event loop: see backend/lean.py.")
    loops.coroutines = coroutines  # type: ignore[attr-defined]
    loops.iscoroutine = _is_coroutine  # type: ignore[attr-defined]
    loops.iscoroutinefunction = _is_coroutine_function  # type: ignore[attr-defined]
    loops.get_running_loop = _no_running_loop  # type: ignore[attr-defined]
    sys.modules |= {"asyncio": loops, "asyncio.coroutines": coroutines}


def _is_coroutine(value: Any) -> bool:
    return isinstance(value, Coroutine)


def _is_coroutine_function(function: Any) -> bool:
    import inspect

    marker = sys.modules["asyncio.coroutines"]._is_coroutine  # noqa: SLF001
    return (
        inspect.iscoroutinefunction(function) or getattr(function, "_is_coroutine", None) is marker
    )


def _no_running_loop() -> NoReturn:
    raise RuntimeError("no running event loop")


class _Later(ModuleType):
    """A module that is loaded when something in it is first used.

    ``functions`` are what others import by name: they load it when they are called. With any, it
    is no package as long as it is not loaded, because ``from … import`` asks for that first.
    """

    def __init__(self, name: str, *functions: str) -> None:
        super().__init__(name)
        self._functions = functions
        for function in functions:
            setattr(self, function, self._calling(function))

    def _calling(self, name: str) -> Callable[..., Any]:
        # A function, because a class that takes one in makes it a method.
        def call(*arguments: Any, **options: Any) -> Any:
            return getattr(self.load(), name)(*arguments, **options)

        return call

    def load(self) -> ModuleType:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return importlib.import_module(self.__name__)

    def __getattr__(self, name: str) -> Any:
        if name == "__path__" and self._functions:
            raise AttributeError(name)
        return getattr(self.load(), name)


class _LaterTable(dict[str, str]):
    """A table that is read from a module when something is first looked up in it."""

    def __init__(self, read: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        self._read = read

    def __contains__(self, key: object) -> bool:
        self._fill()
        return super().__contains__(key)

    def __missing__(self, key: str) -> str:
        if self:
            raise KeyError(key)
        self._fill()
        return self[key]

    def _fill(self) -> None:
        if not self:
            self.update(self._read())


class _LaterPackage(_Later):
    """A package of classes whose modules can be imported without what it imports itself."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        first, *rest = name.split(".")
        found = importlib.util.find_spec(first)
        folders = (found and found.submodule_search_locations) or ()
        self.__path__ = [str(Path(folder, *rest)) for folder in folders]

    def __getattr__(self, name: str) -> Any:
        # A class is asked for by who uses it, a module by the import statement before it looks.
        if name[0].islower() or name[0] == "_":
            raise AttributeError(name)
        return super().__getattr__(name)


def with_sql_parser_later() -> None:
    """Load sqlparse when something uses it; call it before Django is imported.

    Django imports it with every database; it is used for RunSQL and for printing queries. 1.4 MiB.
    """
    sys.modules["sqlparse"] = _Later("sqlparse")


def with_mail_later() -> None:
    """Load Django's mail when something sends one; call it before Django is imported.

    Its logging and a middleware import it, for reports that nobody here gets. 1 MiB and 10 ms.
    """
    sys.modules["django.core.mail"] = _Later("django.core.mail", "get_connection", "mail_managers")


def with_management_later() -> None:
    """Load Django's management commands when one is called; call it before Django is imported.

    Its logging imports their colours, and with them argparse. 0.6 MiB.
    """
    name = "django.core.management.color"
    sys.modules[name] = _Later(name, "color_style")


def with_forms_later() -> None:
    """Load Django's forms when one is made; call it before Django is imported.

    Its model fields import them, for the form that a field can make of itself. 0.6 MiB.
    """
    sys.modules["django.forms"] = _Later("django.forms")


def with_class_based_views_later() -> None:
    """Load Django's generic views when one is used; call it before Django is imported.

    All its views import them for the base of all, and they import its forms. 0.2 MiB.
    """
    sys.modules["django.views.generic"] = _LaterPackage("django.views.generic")


def with_html_entities_later() -> None:
    """Read HTML's 2,231 names of characters when one is met; call it before Django is imported.

    The package ``html`` takes the table with it for ``unescape``. 0.3 MiB.
    """
    entities = _Later("html.entities")
    table = _LaterTable(lambda: entities.load().html5)
    setattr(entities, "html5", table)  # noqa: B010 -- a module has what is put into it
    sys.modules["html.entities"] = entities


def with_debug_page_later() -> None:
    """Load Django's page for tracebacks when one is made; call it before Django is imported.

    Its handler of exceptions imports it, and with it a template engine. 0.3 MiB.
    """
    sys.modules["django.views.debug"] = _Later("django.views.debug")


def with_statistics_later() -> None:
    """Load statistics when a query asks for some; call it before Django is imported.

    Its SQLite functions import them. 0.2 MiB.
    """
    functions = ("pstdev", "pvariance", "stdev", "variance")
    sys.modules["statistics"] = _Later("statistics", *functions)


def without_own_checks() -> None:
    """Let Django find no system checks of its own; call it before Django is imported.

    They are for who develops the engine, and take 8 ms of each start.
    """
    for check in _CHECKS:
        name = f"django.core.checks.{check}"
        sys.modules[name] = ModuleType(name, "The engine does not check itself: backend/lean.py.")


def with_differences_later() -> None:
    """Load difflib when two texts are compared; call it before Django is imported.

    Its queries import it, for a hint at a misspelt field. 0.1 MiB.
    """
    sys.modules["difflib"] = _Later("difflib")


def without_more_compression() -> None:
    """Let shutil find neither bzip2 nor LZMA, for archives that nobody here makes. 0.4 MiB."""
    for name in ("bz2", "lzma"):
        sys.modules[name] = None  # type: ignore[assignment]


def without_build_variables() -> None:
    """Say where time zones are, so that zoneinfo does not load how Python was built. 0.3 MiB."""
    if sys.platform != "win32":
        os.environ.setdefault("PYTHONTZPATH", os.pathsep.join(TIME_ZONES))


def with_one_heap() -> None:
    """Let all threads share one heap; call it before the first thread.

    By default glibc gives each of our twenty threads its own, and what one frees no other can use:
    3 MiB after a few pages. The threads wait for the interpreter's lock anyway. Elsewhere, and with
    another C library, this changes nothing.
    """
    _call("mallopt", _M_ARENA_MAX, 1)


def give_back() -> None:
    """Return what is not used any more; a scan frees much. Takes some milliseconds."""
    gc.collect()
    _call("malloc_trim", 0)


def _call(function: str, *arguments: int) -> None:
    """A function of glibc's, where that is the C library."""
    if sys.platform != "linux":
        return
    import ctypes

    found = getattr(ctypes.CDLL(None), function, None)
    if found is not None:
        found(*arguments)


def make_lean() -> None:
    """All of that, in a process that is the engine or the command line and never a project's."""
    without_openssl()
    without_event_loop()
    with_sql_parser_later()
    with_mail_later()
    with_management_later()
    with_forms_later()
    with_class_based_views_later()
    with_debug_page_later()
    with_html_entities_later()
    with_differences_later()
    with_statistics_later()
    without_own_checks()
    without_more_compression()
    without_build_variables()
    with_one_heap()
