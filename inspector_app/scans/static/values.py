"""What is known of a value that source text computes, and how such values combine."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression comes to. ``whole`` says that nothing else can make it different.

    One that is not whole depends on the environment, whose variables count as unset, or is a list
    of which more is there. An ``unknown`` one has no data; ``candidates`` are texts that it can be.
    An item of a dict that is not whole is a Value in it; the dict is whole when its keys are.
    """

    data: object
    whole: bool = True
    unknown: bool = False
    candidates: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return self.whole or self.data is not None

    def doubted(self) -> Value:
        """The same, as far as it is known: something else can make it different."""
        return replace(self, whole=False)

    def kept(self) -> object:
        """How it stands as an item of a dict."""
        return self.data if self.whole else self


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a library under a name of the project's own: ``from os.path import join``."""

    name: str


UNKNOWN = Value(None, whole=False, unknown=True)


# Doubled often enough, a list or text has no end.
SIZE_LIMIT = 100_000
# A dict that holds others in it twice doubles as well.
_ITEMS_LIMIT = 20_000


def bounded(value: Value) -> Value:
    """``value``, or unknown where going through all of it would take long."""
    pending, seen = [value.data], 0
    while pending:
        match pending.pop():
            case list() as items:
                pending += items
                seen += len(items)
            case dict() as pairs:
                pending += pairs.values()
                seen += len(pairs)
            case Value(data=data):
                pending.append(data)
        if seen > _ITEMS_LIMIT:
            return UNKNOWN
    return value


def opened(item: object) -> Value:
    """The value of a dict's item, see :meth:`Value.kept`."""
    return item if isinstance(item, Value) else Value(item)


def truth_of(test: Value) -> bool | None:
    """Whether a condition holds; None where it is not known.

    An unset environment variable is None and not whole, which is as false as an unset one.
    """
    return None if test.unknown else bool(test.data)


def either(values: list[Value | None]) -> Value:
    """What is sure when one of ``values`` holds and nobody can tell which; None is no value."""
    present = [value for value in values if value is not None]
    if len(present) == len(values) and all(value == present[0] for value in present):
        return present[0]
    lists = [value.data for value in present if isinstance(value.data, list)]
    if len(lists) == len(values):
        return Value([one for one in lists[0] if all(one in other for other in lists)], whole=False)
    dicts = [value.data for value in present if isinstance(value.data, dict)]
    if len(dicts) == len(values):
        sure = [key for key in dicts[0] if all(key in other for other in dicts)]
        return Value(
            {key: either([opened(one[key]) for one in dicts]).kept() for key in sure}, whole=False
        )
    return unknown_of(present)


def unknown_of(values: list[Value]) -> Value:
    """Not known, but one of ``values`` if it is a text."""
    texts: dict[str, None] = {}
    for value in values:
        texts |= dict.fromkeys(value.candidates)
        if isinstance(value.data, str):
            texts[value.data] = None
    return replace(UNKNOWN, candidates=tuple(texts))


def add(left: Value, right: Value) -> Value:
    """``left + right``; a list with an unknown part is still the list of what is known."""
    whole = left.whole and right.whole
    match left.data, right.data:
        case (list() | str() as first, list() | str() as second) if (
            len(first) + len(second) > SIZE_LIMIT
        ):
            return UNKNOWN
        case list() as first, list() as second:
            return Value([*first, *second], whole)
        case str() as first, str() as second:
            return Value(first + second, whole)
        case (list() as known, None) | (None, list() as known):
            return Value(known, whole=False)
    return UNKNOWN
