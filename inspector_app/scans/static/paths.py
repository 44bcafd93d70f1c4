"""What ``pathlib``, ``os.path`` and django-environ's ``Path`` come to; no disk is looked at."""

from __future__ import annotations

import os.path
from collections.abc import Callable
from pathlib import PurePath

from .values import UNKNOWN, Value

# Joined with itself often enough, a path has no end.
LONGEST = 4096
_MAKERS = frozenset({"Path", "pathlib.Path", "PurePath", "pathlib.PurePath", "environ.Path"})
_SAME = frozenset({"resolve", "absolute", "expanduser"})
_TEXTS = frozenset({"name", "stem", "suffix"})
# Those of os.path that are known here; the others ask the disk, or come to no path.
FUNCTIONS = frozenset(
    f"os.path.{name}"
    for name in ("join", "abspath", "realpath", "expanduser", "dirname", "basename", "normpath")
)
_OF_OS: dict[str, Callable[[str], str]] = {
    "dirname": os.path.dirname,
    "basename": os.path.basename,
    "normpath": os.path.normpath,
}


def path_call(name: str, arguments: list[Value]) -> Value | None:
    """The value of a call by its dotted name; None where it makes no path."""
    words = [os.fspath(one.data) for one in arguments if isinstance(one.data, str | PurePath)]
    known = bool(arguments) and len(words) == len(arguments) and sum(map(len, words)) < LONGEST
    whole = all(one.whole for one in arguments)
    head, _, last = name.rpartition(".")
    if name in _MAKERS:
        return Value(PurePath(*words), whole) if known else UNKNOWN
    if name in ("str", "os.fspath") and known and isinstance(arguments[0].data, PurePath):
        return Value(words[0], whole)
    if head not in ("os.path", "path"):
        return None
    if last == "join":
        # A text, as the project's own code has it.
        return Value(os.path.join(*words), whole) if known else UNKNOWN  # noqa: PTH118
    if last in ("abspath", "realpath", "expanduser"):
        absolute = known and PurePath(words[0]).is_absolute()
        return Value(os.path.normpath(words[0]), whole) if absolute else UNKNOWN
    if last in _OF_OS:
        return Value(_OF_OS[last](words[0]), whole) if known else UNKNOWN
    return None


def path_method(held: Value, name: str, arguments: list[Value]) -> Value:
    """``path.joinpath("a")`` and its kin; without a name ``path("a")`` of django-environ."""
    if not isinstance(held.data, PurePath):
        return UNKNOWN
    words = [one.data for one in arguments if isinstance(one.data, str | PurePath)]
    whole = held.whole and all(one.whole for one in arguments)
    if name in _SAME:
        return held if held.data.is_absolute() else UNKNOWN
    if len(words) != len(arguments) or _is_long(held.data, *words):
        return UNKNOWN
    if name in ("joinpath", "path"):
        return Value(held.data.joinpath(*words), whole)
    if name == "":
        return Value(str(held.data.joinpath(*words)), whole)
    if name in ("as_posix", "__str__", "as_uri"):
        return Value(str(held.data), whole) if name != "as_uri" else UNKNOWN
    return UNKNOWN


def path_attribute(held: Value, name: str) -> Value:
    """``path.parent``, ``path.parents`` and the parts of its name."""
    if not isinstance(held.data, PurePath):
        return UNKNOWN
    if name == "parent":
        return Value(held.data.parent, held.whole)
    if name == "parents":
        return Value(list(held.data.parents), held.whole)
    return Value(getattr(held.data, name), held.whole) if name in _TEXTS else UNKNOWN


def below(left: Value, right: Value) -> Value:
    """``left / right``."""
    match left.data, right.data:
        case (PurePath() as first, str() | PurePath() as second) | (
            str() as first,
            PurePath() as second,
        ) if not _is_long(first, second):
            return Value(PurePath(first, second), left.whole and right.whole)
    return UNKNOWN


def above(left: Value, right: Value) -> Value:
    """``left - 2`` of django-environ's ``Path``: so many folders up."""
    match left.data, right.data:
        case PurePath(), bool():
            return UNKNOWN
        case PurePath() as path, int() as levels if 0 < levels <= len(path.parents):
            return Value(path.parents[levels - 1], left.whole and right.whole)
    return UNKNOWN


def _is_long(*parts: object) -> bool:
    return sum(len(str(part)) for part in parts) > LONGEST
