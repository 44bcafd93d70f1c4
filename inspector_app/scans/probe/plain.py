"""Any object as something that JSON can carry, and no longer than anybody reads."""

from __future__ import annotations

import os
from typing import Any

LONGEST = 2000
MOST = 1000
DEEPEST = 12
# What JSON readers keep exactly.
_EXACT = 2**53
_ENDLESS = (float("inf"), float("-inf"))


def text(value: object, longest: int = LONGEST) -> str:
    """``str(value)``, also for objects that cannot be turned into text."""
    try:
        said = str(value)
    except Exception:
        said = f"<{type(value).__name__}>"
    return said if len(said) <= longest else said[: longest - 1] + "…"


def shown(value: object, longest: int = LONGEST) -> str:
    """``repr(value)``, likewise; without the addresses that differ each time."""
    if callable(value):
        name = dotted(value)
        if name:
            return name
    try:
        said = repr(value)
    except Exception:
        said = f"<{type(value).__name__}>"
    if " at 0x" in said:
        said = f"<{dotted(type(value))}>"
    return said if len(said) <= longest else said[: longest - 1] + "…"


def dotted(value: object) -> str:
    """Module and qualified name of a class or function; empty for what has none."""
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    module = getattr(value, "__module__", None)
    if not isinstance(name, str):
        return ""
    return f"{module}.{name}" if isinstance(module, str) else name


def plain(value: Any, depth: int = 0) -> Any:
    """``value`` made of dicts, lists, texts and numbers; anything else as its repr."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, (str, bytes, os.PathLike)):
        return _words(value)
    return _container(value, depth)


def _number(value: Any) -> Any:
    """Infinity, what is no number, and what JSON readers would round are told as texts."""
    exact = value == value and value not in _ENDLESS
    if isinstance(value, int):
        exact = -_EXACT <= value <= _EXACT
    return value if exact and type(value) in (int, float) else text(value)


def _words(value: Any) -> str:
    if isinstance(value, bytes):
        return text(value.decode("utf-8", "replace"))
    return text(os.fspath(value) if isinstance(value, os.PathLike) else value)


def _container(value: Any, depth: int) -> Any:
    if depth >= DEEPEST:
        return "…"
    if isinstance(value, dict):
        pairs = list(value.items())[:MOST]
        return {text(key): plain(inner, depth + 1) for key, inner in pairs}
    if isinstance(value, (list, tuple)):
        return [plain(inner, depth + 1) for inner in value[:MOST]]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(inner, depth + 1) for inner in list(value)[:MOST]), key=repr)
    return shown(value)
