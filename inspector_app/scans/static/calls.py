"""What the calls come to that settings are written with: the environment's readers, and copies."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping

from inspector_app.workspaces.source import dotted

from .values import UNKNOWN, Value, add

Scope = Mapping[str, Value]
Evaluate = Callable[[ast.expr, Scope], Value]

_ENVIRONMENT = frozenset({"os.environ.get", "environ.get", "os.getenv", "getenv"})
# django-environ, python-decouple and environs: called themselves, or a method named as a type.
_READERS = frozenset({"env", "config", "environ", "decouple.config"})
_TYPES = frozenset({"str", "bool", "int", "float", "list", "tuple", "dict", "json", "get_value"})
_COPIES = frozenset({"list", "tuple", "set", "dict", "sorted", "frozenset"})
# The methods of texts, each with how many arguments it may have here.
_TEXT_METHODS = {
    "lower": (0,),
    "upper": (0,),
    "strip": (0, 1),
    "split": (0, 1),
    "startswith": (1,),
    "endswith": (1,),
}
# A format with a width could make a text of any length.
_PLAIN_FORMAT = re.compile(r"(?:[^{}]|\{\})*\Z")


def call_value(node: ast.Call, scope: Scope, evaluate: Evaluate) -> Value:
    """The value of a call; unknown where it is not one of those known here."""
    name = dotted(node.func)
    if name in _ENVIRONMENT:
        return _default(node, scope, evaluate, Value(None))
    if _is_reader(name):
        return _default(node, scope, evaluate, UNKNOWN)
    if name in _COPIES and len(node.args) == 1 and all(w.arg == "key" for w in node.keywords):
        return evaluate(node.args[0], scope)
    if name == "bool" and len(node.args) == 1:
        value = evaluate(node.args[0], scope)
        return value if value.unknown else Value(bool(value.data), value.whole)
    if isinstance(node.func, ast.Attribute) and not node.keywords:
        held = evaluate(node.func.value, scope)
        return _method(held, node.func.attr, [evaluate(one, scope) for one in node.args])
    return UNKNOWN


def _is_reader(name: str) -> bool:
    head, _, last = name.rpartition(".")
    return name in _READERS or (head in _READERS - {"config"} and last in _TYPES)


def _default(node: ast.Call, scope: Scope, evaluate: Evaluate, missing: Value) -> Value:
    """What a reader of the environment gives where the variable is not set."""
    words = [word.value for word in node.keywords if word.arg == "default"] or node.args[1:2]
    return (evaluate(words[0], scope) if words else missing).doubted()


def _method(held: Value, name: str, arguments: list[Value]) -> Value:
    whole = held.whole and all(one.whole for one in arguments)
    match held.data, name, [one.data for one in arguments]:
        case str() as text, "format", [_, *_] if _PLAIN_FORMAT.match(text):
            return _formatted(text.split("{}"), arguments)
        case str() as text, method, words if len(words) in _TEXT_METHODS.get(method, ()):
            if all(isinstance(word, str) and word for word in words):
                return Value(getattr(text, method)(*words), whole)
        case dict() as pairs, "get", [str() | int() as key, *rest] if key not in pairs:
            return Value(rest[0] if rest else None, whole)
        case dict() as pairs, "get", [str() | int() as key, *_]:
            item = pairs[key]
            return item if isinstance(item, Value) else Value(item, held.whole)
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
