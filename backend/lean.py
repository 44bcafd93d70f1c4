"""What the engine does without, so that it stays small."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Coroutine
from functools import partial
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
            setattr(self, function, partial(self._call, function))

    def _call(self, function: str, *arguments: Any, **options: Any) -> Any:
        return getattr(self._load(), function)(*arguments, **options)

    def _load(self) -> ModuleType:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return importlib.import_module(self.__name__)

    def __getattr__(self, name: str) -> Any:
        if name == "__path__" and self._functions:
            raise AttributeError(name)
        return getattr(self._load(), name)


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
    """Load Django's forms when something uses one; call it before Django is imported.

    The fields of models import them, for forms that nobody here makes. 20 ms, with templates.
    """
    sys.modules["django.forms"] = _Later("django.forms")


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
    """Return what was freed and lies between what is in use; a scan frees much. Takes 1 ms."""
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
    without_build_variables()
    with_one_heap()
