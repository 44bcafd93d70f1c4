"""Calls that read the environment: which variable, its default, and what they come to unset.

Known are ``os``, django-environ, environs, python-decouple and dj-database-url.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from inspector_app.workspaces.source import dotted, literal

from .database_urls import database_of
from .values import UNKNOWN, Value

Scope = Mapping[str, Value]
Evaluate = Callable[[ast.expr, Scope], Value]

_OF_OS = frozenset(
    {"os.environ.get", "environ.get", "os.getenv", "getenv", "os.environ.setdefault"}
)
_MAPPINGS = frozenset({"os.environ", "environ"})
# Called themselves, or a method named as a type.
_READERS = frozenset({"env", "config", "environ", "decouple.config", "env_config"})
_TYPES = frozenset(
    {"str", "bool", "int", "float", "list", "tuple", "dict", "json", "get_value", "get", "path"}
)
# Methods for addresses, each with the variable that it reads when none is named.
_ADDRESSES = {
    "db": "DATABASE_URL",
    "db_url": "DATABASE_URL",
    "dj_db_url": "",
    "cache": "CACHE_URL",
    "cache_url": "CACHE_URL",
    "dj_cache_url": "",
    "email": "EMAIL_URL",
    "email_url": "EMAIL_URL",
    "dj_email_url": "",
    "search_url": "SEARCH_URL",
}
_SCHEMES = frozenset({"environ.Env", "Env", "environ.FileAwareEnv", "FileAwareEnv"})
_TRUE = frozenset({"1", "true", "yes", "on", "y", "t", "ok"})


@dataclass(frozen=True)
class EnvScheme:
    """``environ.Env(DEBUG=(bool, False))``: the defaults of variables by their names."""

    defaults: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True)
class Read:
    """A variable of the environment that a setting is made from, and its default if it has one."""

    variable: str
    default: Value | None = field(compare=False)


@dataclass(frozen=True)
class EnvironmentCall:
    """``value`` is what the call gives where the variable is not set."""

    read: Read
    value: Value


def environment_call(node: ast.Call, scope: Scope, evaluate: Evaluate) -> EnvironmentCall | None:
    """What ``node`` reads, None for another call."""
    name = dotted(node.func)
    variable = literal(node.args[0]) if node.args else None
    if name in _OF_OS:
        unset = _argument(node, scope, evaluate) or Value(None)
        return _call(variable, unset, unset)
    if name == "dj_database_url.config":
        named = _keyword(node, "env")
        default = _argument(node, scope, evaluate, first=0)
        value = database_of(default) if default is not None else Value({})
        return _call(literal(named) if named else "DATABASE_URL", default, value)
    head, _, method = name.rpartition(".")
    scheme = scope.get(name if name in scope else head, UNKNOWN).data
    is_scheme = isinstance(scheme, EnvScheme)
    if method in _ADDRESSES and head and (is_scheme or head in _READERS - {"config"}):
        default = _argument(node, scope, evaluate)
        value = database_of(default) if default is not None and "db" in method else UNKNOWN
        return _call(variable or _ADDRESSES[method], default, value)
    called = is_scheme and (name in scope or method in _TYPES)
    typed = head in _READERS - {"config"} and method in _TYPES
    if not (called or typed or name in _READERS):
        return None
    default = _argument(node, scope, evaluate)
    if default is None and isinstance(scheme, EnvScheme):
        default = dict(scheme.defaults).get(str(variable))
    kind = dotted(_keyword(node, "cast") or ast.Constant(value=None)) or method
    return _call(variable, default, _cast(default, kind) if default is not None else UNKNOWN)


def env_scheme(node: ast.Call, scope: Scope, evaluate: Evaluate) -> Value | None:
    """The reader that ``environ.Env(…)`` makes; None for another call."""
    if dotted(node.func) not in _SCHEMES:
        return None
    pairs = []
    for word in node.keywords:
        match word:
            case ast.keyword(arg=str() as name, value=ast.Tuple(elts=[_, default])):
                pairs.append((name, evaluate(default, scope)))
    return Value(EnvScheme(tuple(pairs)))


def reads_in(node: ast.AST, scope: Scope, evaluate: Evaluate) -> Iterator[Read]:
    """The variables that executing ``node`` looks at."""
    for inner in ast.walk(node):
        match inner:
            case ast.Call():
                found = environment_call(inner, scope, evaluate)
                if found is not None and found.read.variable:
                    yield found.read
            case ast.Subscript(value=held, slice=ast.Constant(value=str() as variable)):
                if dotted(held) in _MAPPINGS:
                    yield Read(variable, None)
            case ast.Compare(left=ast.Constant(value=str() as variable), comparators=[held]):
                if dotted(held) in _MAPPINGS:
                    yield Read(variable, Value(None))


def _call(variable: object, default: Value | None, value: Value) -> EnvironmentCall:
    named = variable if isinstance(variable, str) else ""
    return EnvironmentCall(Read(named, default), value.doubted())


def _argument(node: ast.Call, scope: Scope, evaluate: Evaluate, *, first: int = 1) -> Value | None:
    given = _keyword(node, "default") or next(iter(node.args[first : first + 1]), None)
    return evaluate(given, scope) if given is not None else None


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((word.value for word in node.keywords if word.arg == name), None)


def _cast(value: Value, kind: str) -> Value:
    """A default as its reader gives it; those that are no text are left as they are."""
    if not isinstance(value.data, str):
        return value
    text = value.data.strip()
    match kind:
        case "bool":
            return Value(text.lower() in _TRUE, value.whole)
        case "int" if text.lstrip("-").isdigit() and len(text) < 20:
            return Value(int(text), value.whole)
        case "list" | "Csv" | "tuple":
            return Value([one.strip() for one in text.split(",") if one.strip()], value.whole)
    return value
