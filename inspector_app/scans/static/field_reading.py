"""The arguments of a field's call that a report tells."""

from __future__ import annotations

import ast
from collections.abc import Callable

from inspector_app.workspaces.source import dotted, literal

from .class_shapes import Argument, Default, Reference
from .texts import text_of
from .written import written

Read = Callable[[ast.expr], Argument | None]

# The first argument by position is a relation's model, and no other is kept.
_KEYWORDS = frozenset(
    {
        *("to", "through", "null", "unique", "primary_key", "db_column", "db_table", "parent_link"),
        *("blank", "editable", "db_index", "max_length", "related_name", "auto_now"),
        "auto_now_add",
    }
)
_CONTAINERS = (ast.List, ast.Tuple)


def field_arguments(call: ast.Call, read: Read) -> dict[str, Argument]:
    """By name; ``read`` gives the value of those that are constants or references."""
    values: dict[str, Argument] = {}
    for word in call.keywords:
        if word.arg in _KEYWORDS:
            # One that says nothing is there all the same: it takes the place of a default.
            value = read(word.value)
            values[word.arg] = Reference("") if value is None else value
        elif word.arg is not None:
            values |= _special(word.arg, word.value)
    if call.args and "to" not in values:
        value = read(call.args[0])
        values["to"] = Reference("") if value is None else value
    for node in call.args[1:2]:
        name = _on_delete(node)
        if name.isupper():
            values.setdefault("on_delete", name)
    return values


def _special(name: str, node: ast.expr) -> dict[str, Argument]:
    match name:
        case "on_delete":
            return {name: _on_delete(node)}
        case "help_text":
            text = text_of(node)
            return {name: text} if text else {}
        case "default":
            return {name: _default(node)}
        case "choices":
            count = _count(node)
            return {name: count or Reference(dotted(node))}
    return {}


def _on_delete(node: ast.expr) -> str:
    return dotted(node.func if isinstance(node, ast.Call) else node).rpartition(".")[2]


def _default(node: ast.expr) -> Default:
    """A name in capitals is a constant's, another one that of a function or class."""
    if isinstance(node, ast.Lambda):
        return Default("lambda", callable=True)
    name = dotted(node)
    if name:
        return Default(name, callable=not name.rpartition(".")[2].isupper())
    return Default(written(node) or "…", callable=False)


def _count(node: ast.expr) -> int:
    """How many choices a list has, those of its groups included; 0 where that is not known."""
    if not isinstance(node, _CONTAINERS):
        return 0
    total = 0
    for one in node.elts:
        if not isinstance(one, _CONTAINERS) or len(one.elts) != 2:
            return 0
        inner = one.elts[1]
        total += len(inner.elts) if isinstance(inner, _CONTAINERS) else 1
    return total if not isinstance(literal(node), str) else 0
