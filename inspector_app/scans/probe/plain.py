"""Any object as something that JSON can carry, and no longer than anybody reads."""

from __future__ import annotations

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
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return text(value)
    if kind is int:
        return value if -_EXACT <= value <= _EXACT else text(value)
    if kind is float:
        return text(value) if value != value or value in _ENDLESS else value
    if depth >= DEEPEST:
        return "…"
    if isinstance(value, dict):
        pairs = list(value.items())[:MOST]
        return {text(key): plain(inner, depth + 1) for key, inner in pairs}
    if isinstance(value, (list, tuple)):
        return [plain(inner, depth + 1) for inner in value[:MOST]]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(inner, depth + 1) for inner in list(value)[:MOST]), key=repr)
    if isinstance(value, str):
        return text(str(value))
    return shown(value)
