"""The values that settings are assigned, as far as literals, names and ``+`` tell them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from inspector_app.workspaces.source import literal


@dataclass
class Assigned:
    """One setting: its value where the text tells it, if that is all of it, and where it stands."""

    value: object
    literal: bool
    file: str
    line: int


@dataclass
class StaticSettings:
    """The names a settings module assigns; ``notes`` says what could not be followed."""

    names: dict[str, Assigned] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def strings(self, name: str) -> tuple[list[str], bool]:
        """The strings of a list setting, and whether that is all of them."""
        assigned = self.names.get(name)
        if assigned is None or not isinstance(assigned.value, list):
            return [], False
        words = [value for value in assigned.value if isinstance(value, str)]
        return words, assigned.literal and len(words) == len(assigned.value)


def evaluate(node: ast.expr, settings: StaticSettings) -> tuple[object, bool]:
    """The value of an expression, and whether that is the whole of it."""
    value = literal(node)
    if value is not None or (isinstance(node, ast.Constant) and node.value is None):
        return (list(value), True) if isinstance(value, tuple) else (value, True)
    match node:
        case ast.List() | ast.Tuple():
            return _sequence(node.elts, settings)
        case ast.BinOp(op=ast.Add()):
            return _sum(node, settings)
        case ast.Name(id=name) if name in settings.names:
            return settings.names[name].value, settings.names[name].literal
        case ast.Dict():
            return _mapping(node, settings), False
    return None, False


def _sequence(elements: list[ast.expr], settings: StaticSettings) -> tuple[list[object], bool]:
    items: list[object] = []
    whole = True
    for element in elements:
        starred = isinstance(element, ast.Starred)
        one, known = evaluate(
            element.value if isinstance(element, ast.Starred) else element, settings
        )
        whole = whole and known
        if starred:
            items.extend(one if isinstance(one, list) else [])
        elif known or one is not None:
            items.append(one)
    return items, whole


def _sum(node: ast.BinOp, settings: StaticSettings) -> tuple[object, bool]:
    left, left_known = evaluate(node.left, settings)
    right, right_known = evaluate(node.right, settings)
    if isinstance(left, list) and isinstance(right, list):
        return [*left, *right], left_known and right_known
    if isinstance(left, list):
        return left, False
    return (right, False) if isinstance(right, list) else (None, False)


def _mapping(node: ast.Dict, settings: StaticSettings) -> dict[str, object]:
    pairs: dict[str, object] = {}
    for key, inner in zip(node.keys, node.values, strict=True):
        name = literal(key) if key is not None else None
        if isinstance(name, str):
            pairs[name] = evaluate(inner, settings)[0]
    return pairs


def extend(name: str, node: ast.expr, settings: StaticSettings) -> None:
    """``NAME += …``"""
    assigned = settings.names.get(name)
    if assigned is None:
        return
    value, known = evaluate(node, settings)
    if isinstance(assigned.value, list) and isinstance(value, list):
        assigned.value = [*assigned.value, *value]
        assigned.literal = assigned.literal and known
    else:
        assigned.literal = False


def apply_method(node: ast.expr, settings: StaticSettings) -> None:
    """``NAME.append("x")``, ``.extend([…])``, ``.insert(0, "x")`` and ``.remove("x")``."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method), args=[*_, last]):
            assigned = settings.names.get(name)
        case _:
            return
    if assigned is None or not isinstance(assigned.value, list):
        return
    value, known = evaluate(last, settings)
    match method:
        case "append" | "insert" if known:
            assigned.value = [*assigned.value, value]
        case "extend" if isinstance(value, list):
            assigned.value = [*assigned.value, *value]
        case "remove" if known:
            assigned.value = [one for one in assigned.value if one != value]
    assigned.literal = assigned.literal and known
