"""The values of expressions in settings, as far as constants, names and the usual calls tell them.

An environment variable counts as unset, because commands run in a clean environment; what depends
on one is marked as not the whole truth.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from inspector_app.workspaces.source import dotted, literal

from .addresses import is_parser, part_of_address
from .arithmetic import combined
from .calls import call_value
from .paths import FUNCTIONS, path_attribute
from .values import SIZE_LIMIT, UNKNOWN, Function, Value, add, opened, truth_of

Scope = Mapping[str, Value]
_ORDERS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def evaluate(node: ast.expr, scope: Scope) -> Value:
    """The value of ``node`` where ``scope`` are the names that are known."""
    match node:
        case ast.Constant(value=value):
            return Value(value)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return _sequence(elements, scope)
        case ast.Dict():
            return _mapping(node, scope)
        case ast.Name(id=name):
            return scope.get(name, UNKNOWN)
        case ast.Attribute():
            return _attribute(node, scope)
        case ast.BinOp(op=kind, left=left, right=right):
            return _operation(evaluate(left, scope), kind, evaluate(right, scope))
        case ast.Call():
            return call_value(node, scope, evaluate)
        case ast.Subscript(value=container, slice=ast.Slice() as part):
            return _part(evaluate(container, scope), part)
        case ast.Subscript(value=container, slice=key):
            return _item(evaluate(container, scope), evaluate(key, scope))
        case _:
            return _logic(node, scope)


def bound_in(test: ast.expr) -> list[ast.NamedExpr]:
    """The ``name := value`` that is executed whatever the rest of a condition comes to."""
    match test:
        case ast.NamedExpr():
            return [test]
        case ast.UnaryOp(operand=first) | ast.Compare(left=first) | ast.BoolOp(values=[first, *_]):
            return bound_in(first)
    return []


def _attribute(node: ast.Attribute, scope: Scope) -> Value:
    match node.value:
        case ast.Call(func=function, args=[address]) if is_parser(dotted(function)):
            return part_of_address(evaluate(address, scope), node.attr)
    name = dotted(node)
    named = scope.get(name)
    if named is None and name in FUNCTIONS:
        return Value(Function(name))
    return path_attribute(evaluate(node.value, scope), node.attr) if named is None else named


def _operation(left: Value, kind: ast.operator, right: Value) -> Value:
    added = add(left, right) if isinstance(kind, ast.Add) else UNKNOWN
    return combined(left, kind, right) if added.unknown else added


def _sequence(elements: list[ast.expr], scope: Scope) -> Value:
    items: list[object] = []
    whole = True
    for element in elements:
        if len(items) > SIZE_LIMIT:
            return UNKNOWN
        if isinstance(element, ast.Starred):
            value = evaluate(element.value, scope)
            items.extend(value.data if isinstance(value.data, list) else [])
        else:
            value = evaluate(element, scope)
            if value.known:
                items.append(value.data)
        whole = whole and value.whole
    return Value(items, whole)


def _mapping(node: ast.Dict, scope: Scope) -> Value:
    pairs: dict[object, object] = {}
    whole = True
    for key, inner in zip(node.keys, node.values, strict=True):
        value = evaluate(inner, scope)
        name = evaluate(key, scope).data if key is not None else None
        if isinstance(name, (str, int)):
            pairs[name] = value.kept()
        elif key is None and isinstance(value.data, dict):
            pairs.update(value.data)
            whole = whole and value.whole
        else:
            whole = False
    return Value(pairs, whole)


def _joined(parts: list[ast.expr], scope: Scope) -> Value:
    """An f-string of texts without formats, which could make one of any length."""
    text = Value("")
    for part in parts:
        match part:
            case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                value = evaluate(inner, scope)
                if isinstance(value.data, PurePath | int | float):
                    value = Value(str(value.data), value.whole)
                text = add(text, value)
            case ast.Constant():
                text = add(text, evaluate(part, scope))
            case _:
                return UNKNOWN
    return text


def _item(container: Value, key: Value) -> Value:
    match container.data, key.data:
        case dict() as pairs, (str() | int()) as name if name in pairs:
            value = opened(pairs[name])
            return value if container.whole else value.doubted()
        case list() as items, int() as index if -len(items) <= index < len(items):
            return Value(items[index], container.whole)
    return UNKNOWN


def _part(container: Value, part: ast.Slice) -> Value:
    bounds = slice_of(part)
    if isinstance(container.data, list) and bounds is not None:
        return Value(container.data[bounds], container.whole)
    return UNKNOWN


def slice_of(part: ast.Slice) -> slice | None:
    """The slice that literal bounds make, None where they are anything else."""
    nodes = (part.lower, part.upper, part.step)
    bounds = [literal(bound) for bound in nodes]
    numbers = [bound if isinstance(bound, int) else None for bound in bounds]
    if any(node is not None and n is None for node, n in zip(nodes, numbers, strict=True)):
        return None
    return slice(*numbers)


def _choice(test: Value, body: ast.expr, orelse: ast.expr, scope: Scope) -> Value:
    truth = truth_of(test)
    if truth is None:
        return UNKNOWN
    value = evaluate(body if truth else orelse, scope)
    return value if test.whole else value.doubted()


def _logic(node: ast.expr, scope: Scope) -> Value:
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            value = evaluate(operand, scope)
            truth = truth_of(value)
            return UNKNOWN if truth is None else Value(not truth, value.whole)
        case ast.BoolOp(op=kind, values=nodes):
            return _bool(isinstance(kind, ast.And), [evaluate(one, scope) for one in nodes])
        case ast.Compare(left=left, ops=[kind], comparators=[right]):
            return _compare(left, kind, right, scope)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _choice(evaluate(test, scope), body, orelse, scope)
        case ast.JoinedStr(values=parts):
            return _joined(parts, scope)
        case ast.NamedExpr(value=value):
            return evaluate(value, scope)
    data = literal(node)
    return Value(data) if data is not None else UNKNOWN


def _bool(conjunction: bool, values: list[Value]) -> Value:
    whole = True
    for position, value in enumerate(values):
        truth = truth_of(value)
        if truth is None:
            return _decided_anyway(conjunction, values[position:])
        whole = whole and value.whole
        if truth is not conjunction:
            return Value(value.data, whole)
    return Value(values[-1].data, whole)


def _decided_anyway(conjunction: bool, values: list[Value]) -> Value:
    """``unknown and False`` is false whatever the first is, as ``unknown or True`` is true."""
    certain = [value for value in values if value.whole and bool(value.data) is not conjunction]
    return Value(not conjunction) if certain else UNKNOWN


def _compare(left: ast.expr, kind: ast.cmpop, right: ast.expr, scope: Scope) -> Value:
    if dotted(right) in ("sys.argv", "argv", "os.environ", "environ"):
        # Which command it is, and what is set, differs from run to run.
        return Value(isinstance(kind, ast.NotIn), whole=False)
    first, second = evaluate(left, scope), evaluate(right, scope)
    if first.unknown or second.unknown:
        return UNKNOWN
    whole = first.whole and second.whole
    match kind:
        case ast.Eq() | ast.Is():
            return Value(first.data == second.data, whole)
        case ast.NotEq() | ast.IsNot():
            return Value(first.data != second.data, whole)
        case ast.In() | ast.NotIn() if isinstance(second.data, (list, str, dict)):
            found = _contains(second.data, first.data)
            if not found and not second.whole:
                return UNKNOWN
            return Value(found is isinstance(kind, ast.In), whole)
    return _ordered(first, type(kind), second)


def _ordered(first: Value, kind: type[ast.cmpop], second: Value) -> Value:
    try:
        return Value(_ORDERS[kind](first.data, second.data), first.whole and second.whole)
    except (KeyError, TypeError):
        return UNKNOWN


def _contains(container: list[object] | str | dict[object, object], item: object) -> bool:
    if isinstance(container, list):
        return item in container
    return isinstance(item, str) and item in container
