"""The values of expressions in settings, as far as constants, names and the usual calls tell them.

An environment variable counts as unset, because commands run in a clean environment; what depends
on one is marked as not the whole truth.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from inspector_app.workspaces.source import dotted, literal


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression comes to. ``whole`` says that nothing else can make it different.

    An unknown one is None and not whole.
    """

    data: object
    whole: bool = True

    @property
    def known(self) -> bool:
        return self.whole or self.data is not None


UNKNOWN = Value(None, whole=False)
_ENVIRONMENT = frozenset({"os.environ.get", "environ.get", "os.getenv", "getenv"})
# The readers of django-environ, python-decouple and environs; their default is a keyword.
_READERS = frozenset({"env", "config", "environ"})
_COPIES = frozenset({"list", "tuple", "set", "dict"})


def evaluate(node: ast.expr, scope: Mapping[str, Value]) -> Value:
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
            return scope.get(dotted(node), UNKNOWN)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return add(evaluate(left, scope), evaluate(right, scope))
        case ast.Call():
            return _call(node, scope)
        case ast.Subscript(value=container, slice=key):
            return _item(evaluate(container, scope), evaluate(key, scope))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _choice(evaluate(test, scope), body, orelse, scope)
        case _:
            return _logic(node, scope)


def add(left: Value, right: Value) -> Value:
    """``left + right``; a list with an unknown part is still the list of what is known."""
    whole = left.whole and right.whole
    match left.data, right.data:
        case list() as first, list() as second:
            return Value([*first, *second], whole)
        case str() as first, str() as second:
            return Value(first + second, whole)
        case (list() as known, None) | (None, list() as known):
            return Value(known, whole=False)
    return UNKNOWN


def _sequence(elements: list[ast.expr], scope: Mapping[str, Value]) -> Value:
    items: list[object] = []
    whole = True
    for element in elements:
        if isinstance(element, ast.Starred):
            value = evaluate(element.value, scope)
            items.extend(value.data if isinstance(value.data, list) else [])
        else:
            value = evaluate(element, scope)
            if value.known:
                items.append(value.data)
        whole = whole and value.whole
    return Value(items, whole)


def _mapping(node: ast.Dict, scope: Mapping[str, Value]) -> Value:
    pairs: dict[object, object] = {}
    whole = True
    for key, inner in zip(node.keys, node.values, strict=True):
        value = evaluate(inner, scope)
        whole = whole and value.whole
        if key is None:
            pairs.update(value.data if isinstance(value.data, dict) else {})
        elif isinstance(name := evaluate(key, scope).data, (str, int)):
            pairs[name] = value.data
    return Value(pairs, whole)


def _call(node: ast.Call, scope: Mapping[str, Value]) -> Value:
    name = dotted(node.func)
    if name in _ENVIRONMENT:
        default = evaluate(node.args[1], scope) if len(node.args) > 1 else Value(None)
        return Value(default.data, whole=False)
    if name.partition(".")[0] in _READERS:
        words = [word.value for word in node.keywords if word.arg == "default"] or node.args[1:2]
        return Value(evaluate(words[0], scope).data, whole=False) if words else UNKNOWN
    if name in _COPIES and len(node.args) == 1 and not node.keywords:
        return evaluate(node.args[0], scope)
    return UNKNOWN


def _item(container: Value, key: Value) -> Value:
    match container.data, key.data:
        case dict() as pairs, (str() | int()) as name if name in pairs:
            return Value(pairs[name], container.whole)
        case list() as items, int() as index if -len(items) <= index < len(items):
            return Value(items[index], container.whole)
    return UNKNOWN


def _choice(test: Value, body: ast.expr, orelse: ast.expr, scope: Mapping[str, Value]) -> Value:
    truth = truth_of(test)
    if truth is None:
        return UNKNOWN
    value = evaluate(body if truth else orelse, scope)
    return Value(value.data, value.whole and test.whole)


def truth_of(test: Value) -> bool | None:
    """Whether a condition holds; None where it is not known.

    An unset environment variable is None and not whole, which is as false as an unset one.
    """
    if test is UNKNOWN:
        return None
    return bool(test.data)


def _logic(node: ast.expr, scope: Mapping[str, Value]) -> Value:
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            value = evaluate(operand, scope)
            truth = truth_of(value)
            return UNKNOWN if truth is None else Value(not truth, value.whole)
        case ast.BoolOp(op=operator, values=nodes):
            return _bool(isinstance(operator, ast.And), [evaluate(one, scope) for one in nodes])
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            return _compare(left, operator, right, scope)
    data = literal(node)
    return Value(data) if data is not None else UNKNOWN


def _bool(conjunction: bool, values: list[Value]) -> Value:
    whole = True
    for value in values:
        truth = truth_of(value)
        if truth is None:
            return UNKNOWN
        whole = whole and value.whole
        if truth is not conjunction:
            return Value(value.data, whole)
    return Value(values[-1].data, whole)


def _compare(
    left: ast.expr, operator: ast.cmpop, right: ast.expr, scope: Mapping[str, Value]
) -> Value:
    if dotted(right) in ("sys.argv", "argv", "os.environ", "environ"):
        # Which command it is, and what is set, differs from run to run.
        return Value(isinstance(operator, ast.NotIn), whole=False)
    first, second = evaluate(left, scope), evaluate(right, scope)
    if first is UNKNOWN or second is UNKNOWN:
        return UNKNOWN
    whole = first.whole and second.whole
    match operator:
        case ast.Eq() | ast.Is():
            return Value(first.data == second.data, whole)
        case ast.NotEq() | ast.IsNot():
            return Value(first.data != second.data, whole)
        case ast.In() if isinstance(second.data, (list, str, dict)):
            return Value(_contains(second.data, first.data), whole)
        case ast.NotIn() if isinstance(second.data, (list, str, dict)):
            return Value(not _contains(second.data, first.data), whole)
    return UNKNOWN


def _contains(container: list[object] | str | dict[object, object], item: object) -> bool:
    if isinstance(container, list):
        return item in container
    return isinstance(item, str) and item in container
