"""Secrets in a project's source text: every branch, default and dict, whichever is in force."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from inspector_app.workspaces.source import dotted

from .names import Strength, describes, strength
from .secret import Secret
from .tokens import find_tokens


def secrets_in_source(tree: ast.Module) -> Iterator[Secret]:
    """The string constants of ``tree`` that stand beside a secret's name, or look like a secret."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _named(_name_of(target), value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _named(_name_of(target), value)
            case ast.keyword(arg=str() as name, value=value):
                yield from _named(name, value)
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    yield from _named(_text_of(key), value)
            case ast.Call(args=[ast.Constant(value=str() as name), *others], keywords=words):
                # The environment's setdefault, and env("API_KEY", default="…").
                defaults = [word.value for word in words if word.arg == "default"]
                for value in (*others[:1], *defaults):
                    yield from _named(name, value)
            case ast.Constant(value=str() as text):
                yield from secrets_in_text(text)


def secrets_in_value(name: str, value: Any, *, certain: bool = False) -> Iterator[Secret]:
    """The secrets in the value of a setting, its dicts and lists included.

    Below a secret's name everything is one that has no name to the contrary: ``certain``.
    """
    certain = certain or strength(name) is not Strength.NONE
    if isinstance(value, dict):
        for key, inner in value.items():
            own = key if isinstance(key, str) else name
            yield from secrets_in_value(own, inner, certain=certain and not describes(own))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from secrets_in_value(name, inner, certain=certain)
    elif isinstance(value, bytes):
        yield from secrets_in_value(name, value.decode("utf-8", "replace"), certain=certain)
    elif isinstance(value, str):
        yield from secrets_in_text(value)
        if certain and _is_a_value(value):
            yield Secret(name, value)


def secrets_in_text(text: str) -> Iterator[Secret]:
    """The password of an address, and what has a token's shape."""
    data = text.encode("utf-8", "surrogatepass")
    for span in find_tokens(data):
        yield Secret(span.kind, data[span.start : span.end].decode("utf-8", "surrogatepass"))


def _named(name: str, value: ast.expr) -> Iterator[Secret]:
    if name and strength(name) is not Strength.NONE:
        for text in _constants(value):
            if _is_a_value(text):
                yield Secret(name, text)


def _constants(node: ast.expr) -> Iterator[str]:
    """The strings that an expression may come to, without those that only name something."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.Constant(value=bytes() as data):
            yield data.decode("utf-8", "replace")
        case ast.List(elts=nodes) | ast.Tuple(elts=nodes) | ast.Set(elts=nodes):
            for inner in nodes:
                yield from _constants(inner)
        case ast.BoolOp(values=nodes):
            for inner in nodes:
                yield from _constants(inner)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _constants(body)
            yield from _constants(orelse)
        case ast.Call(args=args):
            # The first argument of env("NAME", "default") is a name, of SecretStr("…") the value.
            for inner in args:
                yield from _constants(inner)


def _is_a_value(text: str) -> bool:
    """No name of a variable, which is what a call beside a secret's name is often given."""
    return bool(text.strip()) and not (text.isupper() and strength(text) is not Strength.NONE)


def _name_of(target: ast.expr) -> str:
    if isinstance(target, ast.Subscript):
        return _text_of(target.slice)
    return dotted(target).rpartition(".")[2]


def _text_of(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
