"""What the calls come to that settings are written with: readers, paths, casts and copies."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from inspector_app.workspaces.source import dotted

from .database_urls import database_of
from .environment_calls import env_scheme, environment_call
from .paths import path_call, path_method
from .texts import TRANSLATIONS
from .values import SIZE_LIMIT, UNKNOWN, Function, Value, add

Scope = Mapping[str, Value]
Evaluate = Callable[[ast.expr, Scope], Value]

_CASTS: dict[str, Callable[[Any], object]] = {
    "bool": bool,
    "int": int,
    "float": float,
    "str": str,
    "len": len,
}
_COPIES = frozenset({"list", "tuple", "set", "dict", "sorted", "frozenset"})
# The methods of texts, each with how many arguments it may have here.
_TEXT_METHODS = {
    "lower": (0,),
    "upper": (0,),
    "strip": (0, 1),
    "lstrip": (0, 1),
    "rstrip": (0, 1),
    "removeprefix": (1,),
    "removesuffix": (1,),
    "split": (0, 1),
    "startswith": (1,),
    "endswith": (1,),
}
# A format with a width could make a text of any length.
_PLAIN_FORMAT = re.compile(r"(?:[^{}]|\{\})*\Z")


def call_value(node: ast.Call, scope: Scope, evaluate: Evaluate) -> Value:
    """The value of a call; unknown where it is not one of those known here."""
    read = environment_call(node, scope, evaluate)
    if read is not None:
        return read.value
    scheme = env_scheme(node, scope, evaluate)
    if scheme is not None:
        return scheme
    name = _name_of(node.func, scope)
    if name in _COPIES and len(node.args) == 1 and all(w.arg == "key" for w in node.keywords):
        return evaluate(node.args[0], scope)
    if name in TRANSLATIONS and len(node.args) == 1:
        return evaluate(node.args[0], scope)
    if name == "dj_database_url.parse" and node.args:
        return database_of(evaluate(node.args[0], scope))
    if node.keywords and not _resolves(node):
        return UNKNOWN
    arguments = [evaluate(one, scope) for one in node.args]
    made = path_call(name, arguments)
    if made is not None:
        return made
    if name in _CASTS and len(arguments) == 1:
        return _cast(_CASTS[name], arguments[0])
    if isinstance(node.func, ast.Attribute):
        held = evaluate(node.func.value, scope)
        if isinstance(held.data, PurePath):
            return path_method(held, node.func.attr, arguments)
        return _method(held, node.func.attr, arguments)
    return path_method(evaluate(node.func, scope), "", arguments)


def _name_of(function: ast.expr, scope: Scope) -> str:
    """As it is written, or as the library has it where the project calls it otherwise."""
    name = dotted(function)
    named = scope[name].data if name in scope else None
    return named.name if isinstance(named, Function) else name


def _resolves(node: ast.Call) -> bool:
    """``path.resolve(strict=True)``, which says what happens where the path is not there."""
    last = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return last == "resolve" and [word.arg for word in node.keywords] == ["strict"]


def _cast(kind: Callable[[Any], object], value: Value) -> Value:
    if value.unknown or not isinstance(value.data, str | int | float | list | dict | None):
        return UNKNOWN
    try:
        return Value(kind(value.data), value.whole)
    except (TypeError, ValueError, OverflowError):
        return UNKNOWN


def _method(held: Value, name: str, arguments: list[Value]) -> Value:
    whole = held.whole and all(one.whole for one in arguments)
    match held.data, name, [one.data for one in arguments]:
        case str() as text, "format", [_, *_] if _PLAIN_FORMAT.match(text):
            return _formatted(text.split("{}"), arguments)
        case str() as text, method, words if len(words) in _TEXT_METHODS.get(method, ()):
            if all(isinstance(word, str) and word for word in words):
                return Value(getattr(text, method)(*words), whole)
        case str() as text, "replace", [str() as old, str() as new] if old:
            longest = len(text) * max(len(new), 1)
            return Value(text.replace(old, new), whole) if longest < SIZE_LIMIT else UNKNOWN
        case dict() as pairs, "get", [str() | int() as key, *rest] if key not in pairs:
            return Value(rest[0] if rest else None, whole)
        case dict() as pairs, "get", [str() | int() as key, *_]:
            item = pairs[key]
            return item if isinstance(item, Value) else Value(item, held.whole)
        case str() as text, "join", [list() as words] if all(isinstance(one, str) for one in words):
            size = sum(len(str(one)) + len(text) for one in words)
            return Value(text.join(map(str, words)), whole) if size < SIZE_LIMIT else UNKNOWN
        case dict() as pairs, "keys", []:
            return Value(list(pairs), held.whole)
        case (list() | dict()) as data, "copy", []:
            return Value(data, whole)
    return UNKNOWN


def _formatted(parts: list[str], arguments: list[Value]) -> Value:
    if len(parts) != len(arguments) + 1:
        return UNKNOWN
    text = Value(parts[0])
    for argument, part in zip(arguments, parts[1:], strict=True):
        text = add(add(text, argument), Value(part))
    return text
