"""Sums and products in settings: ages in seconds, sizes in bytes, texts with ``%``."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from .paths import above, below
from .values import SIZE_LIMIT, UNKNOWN, Value

_NUMBERS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.LShift: operator.lshift,
    ast.Pow: operator.pow,
}
# Beyond these a number has more digits than anybody reads.
_LARGEST = 10**15
_LARGEST_EXPONENT = 64
_PLAIN = re.compile(r"(?:[^%]|%[sd])*\Z")


def combined(left: Value, kind: ast.operator, right: Value) -> Value:
    """The value of ``left kind right`` for everything but the sum of texts and lists."""
    if left.unknown or right.unknown:
        return UNKNOWN
    whole = left.whole and right.whole
    match kind, left.data, right.data:
        case ast.Div(), PurePath() | str(), PurePath() | str():
            return below(left, right)
        case ast.Sub(), PurePath(), _:
            return above(left, right)
        case ast.Mod(), str() as text, _ if _PLAIN.match(text):
            return _formatted(text, right.data, whole=whole)
        case _, int() | float() as first, int() | float() as second:
            return _calculated(first, kind, second, whole=whole)
    return UNKNOWN


def _calculated(first: float, kind: ast.operator, second: float, *, whole: bool) -> Value:
    function = _NUMBERS.get(type(kind))
    moderate = max(abs(first), abs(second)) <= _LARGEST
    if isinstance(kind, ast.Pow | ast.LShift):
        moderate = moderate and 0 <= second <= _LARGEST_EXPONENT
    if function is None or not moderate:
        return UNKNOWN
    try:
        result = function(first, second)
    except (ArithmeticError, TypeError, ValueError):
        return UNKNOWN
    return Value(result, whole) if isinstance(result, int | float) else UNKNOWN


def _formatted(text: str, data: object, *, whole: bool) -> Value:
    words = data if isinstance(data, list) else [data]
    if not all(isinstance(word, str | int | PurePath) for word in words):
        return UNKNOWN
    if len(text) + sum(len(str(word)) for word in words) > SIZE_LIMIT:
        return UNKNOWN
    try:
        return Value(text % tuple(words), whole)
    except (TypeError, ValueError):
        return UNKNOWN
