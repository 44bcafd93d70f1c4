"""Where classes and functions stand, without the standard library's slow way of finding it."""

from __future__ import annotations

import functools
import re
import sys
from typing import Any, Tuple

_DEFINITION = re.compile(r"([ \t]*)(?:async[ \t]+)?(class|def)[ \t]+(\w+)")
_DEEPEST = 50

Place = Tuple[str, int]
NOWHERE: Place = ("", 0)


def of_class(cls: type) -> Place:
    """File and line of the class statement; line 0 where only the module is known."""
    module = getattr(cls, "__module__", "")
    file = of_module(module if isinstance(module, str) else "")
    if not file:
        return NOWHERE
    return file, _definitions(file)[0].get(getattr(cls, "__qualname__", ""), 0)


def of_module(name: str) -> str:
    """The source file of an imported module."""
    file = getattr(sys.modules.get(name), "__file__", None)
    return file if isinstance(file, str) and file.endswith(".py") else ""


def of_callable(function: Any) -> Place:
    """File and line of what is called in the end: behind partials, decorators and methods."""
    function = unwrapped(function)
    if isinstance(function, type):
        return of_class(function)
    code = getattr(function, "__code__", None)
    if code is not None:
        # Its first line is that of its first decorator.
        first, name = code.co_firstlineno, code.co_name
        lines = _definitions(code.co_filename)[1].get(name, ())
        return code.co_filename, next((line for line in lines if line >= first), first)
    return of_class(type(function)) if not isinstance(function, _BUILT_IN) else NOWHERE


def unwrapped(function: Any) -> Any:
    """The function behind partials, ``functools.wraps`` and bound methods."""
    for inner in layers(function):
        function = inner
    return function


def layers(function: Any) -> list[Any]:
    """``function`` and everything it wraps, outermost first."""
    found: list[Any] = []
    seen: set[int] = set()
    while len(found) < _DEEPEST and id(function) not in seen:
        seen.add(id(function))
        found.append(function)
        if isinstance(function, functools.partial):
            function = function.func
        elif getattr(function, "__wrapped__", None) is not None:
            function = function.__wrapped__
        elif hasattr(function, "__func__"):
            function = function.__func__
        else:
            break
    return found


@functools.lru_cache(maxsize=None)
def _definitions(file: str) -> tuple[dict[str, int], dict[str, list[int]]]:
    """The line of each class in ``file`` by its qualified name, the last where there are more.

    And all lines of functions by their names.
    """
    try:
        with open(file, encoding="utf-8", errors="replace") as source:
            text = source.read()
    except (OSError, ValueError):
        return {}, {}
    lines: dict[str, int] = {}
    functions: dict[str, list[int]] = {}
    around: list[tuple[int, str]] = []
    for line, written in enumerate(text.split("\n"), start=1):
        # Four times as fast as to let the expression look at every line.
        match = _DEFINITION.match(written) if "def" in written or "class" in written else None
        if match is None:
            continue
        indent = len(match[1].expandtabs())
        while around and around[-1][0] >= indent:
            around.pop()
        name = (around[-1][1] + "." if around else "") + match[3]
        if match[2] == "class":
            lines[name] = line
            around.append((indent, name))
        else:
            functions.setdefault(match[3], []).append(line)
            around.append((indent, name + ".<locals>"))
    return lines, functions


_BUILT_IN = (type(len), type(str.join))
