"""New values for lists and dicts of which a part is set, or a method called; always copies."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from .expressions import evaluate, slice_of
from .values import Value, opened, unknown_of


def with_item(
    held: Value, target: ast.Subscript, value: Value, scope: Mapping[str, Value]
) -> Value:
    """``held`` after ``NAME[…][…] = value``; in doubt where that cannot be followed."""
    keys: list[object] = []
    node: ast.expr = target
    while isinstance(node, ast.Subscript):
        keys.append(evaluate(node.slice, scope).data)
        node = node.value
    return _with(held, keys[::-1], value)


def _with(held: Value, keys: list[object], value: Value) -> Value:
    key, *rest = keys
    if not isinstance(held.data, dict) or not isinstance(key, (str, int)):
        return held.doubted()
    if rest:
        if key not in held.data:
            return held.doubted()
        value = _with(opened(held.data[key]), rest, value)
    return Value({**held.data, key: value.kept()}, held.whole)


def with_part(
    held: Value, target: ast.Subscript, value: Value, scope: Mapping[str, Value]
) -> Value:
    """A list after ``NAME[0] = value`` or ``NAME[1:2] = value``."""
    items = list(held.data) if isinstance(held.data, list) else []
    if not isinstance(target.value, ast.Name):
        return held.doubted()
    if isinstance(target.slice, ast.Slice):
        bounds = slice_of(target.slice)
        if bounds is not None and bounds.step is None and isinstance(value.data, list):
            items[bounds] = value.data
            return Value(items, held.whole and value.whole)
        return held.doubted()
    index = evaluate(target.slice, scope).data
    if isinstance(index, int) and -len(items) <= index < len(items) and value.known:
        items[index] = value.data
        return Value(items, held.whole and value.whole)
    return held.doubted()


def changed_list(
    held: Value, method: str, arguments: list[Value], words: Sequence[ast.keyword]
) -> Value | None:
    """``held`` after a call of one of its methods; None where that changes nothing of it."""
    match held.data, method, arguments:
        case dict(), "update", _:
            return _updated(held, arguments, words)
        case dict(), "setdefault", [Value(data=str() | int() as key), value]:
            return held if key in held.data else Value({**held.data, key: value.kept()}, held.whole)
        case dict(), "pop" | "popitem" | "clear", _:
            return held.doubted()
        case list() as items, "insert", [Value(data=int() as place), Value(data=str()) as item]:
            whole = held.whole and item.whole
            return Value([*items[:place], item.data, *items[place:]], whole)
        case list() as items, _, [*_, last]:
            return _listed(items, method, last, whole=held.whole and last.whole)
        case list(), "pop" | "clear" | "sort" | "reverse", []:
            return held if method in ("sort", "reverse") else held.doubted()
    return None


def _listed(items: list[object], method: str, last: Value, *, whole: bool) -> Value | None:
    match method, last.data:
        # Inserted where nobody can tell, it is at least in there.
        case ("append" | "insert", str() as item):
            return Value([*items, item], whole)
        case ("extend", list() as more):
            return Value([*items, *more], whole)
        case ("remove", str() as item):
            return Value([one for one in items if one != item], whole)
        case ("append" | "insert" | "extend" | "remove" | "pop", _):
            return Value(items, whole=False)
    return None


def _updated(held: Value, arguments: list[Value], words: Sequence[ast.keyword]) -> Value:
    """``NAME.update({…})``; what it holds is only a candidate where the other is not known."""
    pairs = dict(held.data) if isinstance(held.data, dict) else {}
    other = arguments[0] if arguments else Value({})
    if isinstance(other.data, dict) and not words:
        return Value({**pairs, **other.data}, held.whole and other.whole)
    doubtful = {key: unknown_of([opened(item)]).kept() for key, item in pairs.items()}
    return Value(doubtful, whole=False)
