"""What the engine does without, so that it stays small."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Coroutine
from types import ModuleType
from typing import Any, NoReturn

# glibc's malloc.h
_M_ARENA_MAX = -8


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
    """A module that is loaded when something in it is first used."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def with_sql_parser_later() -> None:
    """Load sqlparse when something uses it; call it before Django is imported.

    Django imports it with every database; it is used for RunSQL and for printing queries. 1.4 MiB.
    """
    sys.modules["sqlparse"] = _Later("sqlparse")


def with_one_heap() -> None:
    """Let all threads share one heap; call it before the first thread.

    By default glibc gives each of our twenty threads its own, and what one frees no other can use:
    3 MiB after a few pages. The threads wait for the interpreter's lock anyway. Elsewhere, and with
    another C library, this changes nothing.
    """
    if sys.platform != "linux":
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)


def make_lean() -> None:
    """All of that, in a process that is the engine or the command line and never a project's."""
    without_openssl()
    without_event_loop()
    with_sql_parser_later()
    with_one_heap()
