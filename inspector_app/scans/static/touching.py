"""Which names a piece of code can change, when it is not known whether or how it is executed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from inspector_app.workspaces.source import dotted

# Calls that only look at the lists and dicts they are given.
# fmt: off
_PURE = frozenset({
    "all", "any", "append", "bool", "copy", "debug", "deepcopy", "dict", "dumps", "enumerate",
    "extend", "filter", "format", "frozenset", "get", "getattr", "hasattr", "index", "info",
    "insert", "isinstance", "items", "join", "len", "list", "map", "max", "min", "print",
    "remove", "repr", "reversed", "set", "sorted", "str", "sum", "tuple", "type", "union",
    "update", "warning", "zip",
})
# fmt: on
_NAMESPACES = frozenset({"globals", "locals", "vars"})
_LOOKING = frozenset({"get", "keys", "items", "values", "copy"})


def root_name(node: ast.expr) -> str:
    """``NAME`` of ``NAME["key"][0]``, else an empty string."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def touched(node: ast.AST) -> set[str]:
    """The names that executing ``node`` could change."""
    names: set[str] = set()
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                names.add(name)
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                names.add(root_name(inner))
            case ast.Call(func=ast.Attribute(value=receiver)):
                names.add(root_name(receiver))
                names.update(handed_over(inner))
            case ast.Call():
                names.update(handed_over(inner))
    return names - {""}


def handed_over(call: ast.Call) -> Iterator[str]:
    """The names a call gets as arguments and could change what they hold."""
    if dotted(call.func).rpartition(".")[2] in _PURE or isinstance(call.func, ast.Constant):
        return
    for argument in (*call.args, *(word.value for word in call.keywords)):
        if isinstance(argument, ast.Name):
            yield argument.id


def is_opaque(node: ast.AST) -> bool:
    """Whether ``node`` may bind any name: it executes text, or hands out the namespace itself."""
    return any(_is_opaque(inner) for inner in ast.walk(node))


def _is_opaque(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="exec" | "execfile")):
            return True
        case ast.Call(func=ast.Attribute(value=receiver, attr=method)) if _is_namespace(receiver):
            return method not in _LOOKING
        case ast.Call(func=ast.Name(id="hasattr" | "getattr" | "len" | "print")):
            return False
        case ast.Call(args=arguments, keywords=words):
            return any(map(_is_namespace, (*arguments, *(word.value for word in words))))
        case ast.Assign(value=value):
            return _is_namespace(value)
        case ast.Subscript(value=receiver, ctx=ast.Store() | ast.Del()):
            return _is_namespace(receiver)
    return False


def _is_namespace(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[]):
            return name in _NAMESPACES
        case ast.Attribute(value=inner, attr="__dict__"):
            return _is_namespace(inner)
        case ast.Subscript(value=modules, slice=ast.Name(id="__name__")):
            return dotted(modules) == "sys.modules"
    return False
