"""What a message may look like. Everything else in it is dropped, or refused with the message.

Whoever answers for the probe may be the inspected project itself, so no type is taken for granted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Shape = Callable[[Any], Any]

TEXT = 8_000
ITEMS = 50_000
_DEPTH = 16
_EXACT = 2**53


class Unexpected(Exception):
    """A value is not what it has to be."""


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unexpected("a text is expected")
    return value[:TEXT]


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unexpected("true or false is expected")
    return value


def number(value: Any) -> int:
    """A count or a line."""
    if not isinstance(value, int) or isinstance(value, bool) or not -1 <= value < _EXACT:
        raise Unexpected("a number is expected")
    return max(value, 0)


def seconds(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < 1e9:
        raise Unexpected("seconds are expected")
    return float(value)


def anything(value: Any, depth: int = 0) -> Any:
    """Plain JSON of a bounded size."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return text(value)
    if isinstance(value, (int, float)):
        return value if -_EXACT <= value <= _EXACT else None
    if depth >= _DEPTH:
        return None
    if isinstance(value, list):
        return [anything(one, depth + 1) for one in value[:ITEMS]]
    return {text(key): anything(one, depth + 1) for key, one in list(value.items())[:ITEMS]}


def maybe(shape: Shape) -> Shape:
    return lambda value: None if value is None else shape(value)


def one_of(*words: str) -> Shape:
    def check(value: Any) -> str:
        if value not in words:
            raise Unexpected(f"one of {', '.join(words)} is expected")
        return str(value)

    return check


def many(shape: Shape, most: int = ITEMS) -> Shape:
    def check(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Unexpected("a list is expected")
        return [shape(one) for one in value[:most]]

    return check


def pair(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) != 2:
        raise Unexpected("a pair is expected")
    return [text(value[0]), text(value[1])]


def named(shape: Shape) -> Shape:
    """An object with any names."""

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Unexpected("an object is expected")
        return {text(key): shape(one) for key, one in list(value.items())[:ITEMS]}

    return check


def record(**shapes: Shape) -> Shape:
    """An object with exactly these names; keywords are spelled with a _ behind them."""
    expected: Mapping[str, Shape] = {name.rstrip("_"): shape for name, shape in shapes.items()}

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Unexpected("an object is expected")
        try:
            return {name: shape(value[name]) for name, shape in expected.items()}
        except KeyError as missing:
            raise Unexpected(f"{missing} is missing") from missing

    return check
