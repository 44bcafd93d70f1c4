"""The options of a model's ``class Meta`` as its text has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.workspaces.source import dotted, literal

from .class_shapes import Computed
from .texts import text_of
from .walking import statements
from .written import written

# The options that change what a model is, and so are kept when they are computed.
_TELLING = frozenset({"abstract", "proxy", "managed", "db_table", "app_label"})
_TEXTS = frozenset({"verbose_name", "verbose_name_plural"})
_KINDS = {
    "UniqueConstraint": "unique",
    "CheckConstraint": "check",
    "ExclusionConstraint": "exclusion",
}


@dataclass(frozen=True, slots=True)
class Made:
    """An index or a constraint: the class that it is made of, and how it is written."""

    kind: str
    name: str
    fields: tuple[str, ...]
    text: str


def options(node: ast.ClassDef) -> Iterator[tuple[str, object]]:
    for statement in statements(node.body):
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                yield from _option(name, value, statement.lineno)


def _option(name: str, value: ast.expr, line: int) -> Iterator[tuple[str, object]]:
    match name, value:
        case _, ast.Constant(value=str() | bool() | int() | None as constant):
            yield name, constant
        case _, _ if name in _TELLING:
            yield name, Computed(value, line)
        case _, _ if name in _TEXTS:
            if (text := text_of(value)) is not None:
                yield name, text
        case "model", _:
            # Of a form or a serializer: Django refuses it in a model.
            yield name, True
        case "ordering", ast.List(elts=elements) | ast.Tuple(elts=elements):
            yield name, tuple(_order(one) for one in elements)
        case "unique_together", _:
            yield name, _together(literal(value))
        case "indexes" | "constraints", ast.List(elts=elements) | ast.Tuple(elts=elements):
            yield name, tuple(_made(one) for one in elements if isinstance(one, ast.Call))


def _order(node: ast.expr) -> str:
    text = literal(node)
    return text if isinstance(text, str) else written(node)


def _together(value: object) -> tuple[tuple[str, ...], ...]:
    """One set of names, or several of them."""
    if not isinstance(value, list | tuple | set) or not value:
        return ()
    sets = [value] if isinstance(next(iter(value)), str) else list(value)
    return tuple(tuple(map(str, one)) for one in sets if isinstance(one, list | tuple | set))


def _made(node: ast.Call) -> Made:
    words = {word.arg: literal(word.value) for word in node.keywords}
    name, fields = words.get("name"), words.get("fields")
    last = dotted(node.func).rpartition(".")[2]
    return Made(
        _KINDS.get(last, "other"),
        name if isinstance(name, str) else "",
        tuple(map(str, fields)) if isinstance(fields, list | tuple) else (),
        written(node),
    )
