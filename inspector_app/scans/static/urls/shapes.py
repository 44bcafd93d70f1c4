"""What a URLconf's list holds: patterns, includes, and what makes others at run time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Place:
    """A file as a report names it, and a line."""

    file: str
    line: int


@dataclass(frozen=True)
class Part:
    """One piece of a route. ``text`` is None where it is computed; ``kind`` is path, regex, locale
    or other, as in a report."""

    text: str | None
    kind: str
    place: Place


@dataclass(frozen=True)
class View:
    """The callable of a pattern. ``name`` is empty where it is computed."""

    name: str = ""
    file: str = ""
    line: int = 0
    decorators: tuple[str, ...] = ()
    methods: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Pattern:
    """``path(…)`` with a view. ``name`` has no namespaces."""

    part: Part
    view: View
    name: str | None = None
    defaults: dict[str, str] = field(default_factory=dict)
    when: str = ""
    decorators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Include:
    """Patterns below a part; ``namespace`` is empty without one."""

    part: Part
    items: tuple[Any, ...]
    namespace: str = ""
    defaults: dict[str, str] = field(default_factory=dict)
    when: str = ""
    decorators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Generated:
    """Patterns that code makes when it runs; ``what`` names it in a few words."""

    part: Part
    what: str
    view: View = field(default_factory=View)
    namespace: str = ""
    when: str = ""
    decorators: tuple[str, ...] = ()


Item = Pattern | Include | Generated


def conditional(item: Item, condition: str) -> Item:
    """``item`` where it is not known whether ``condition`` holds."""
    return replace(item, when=" and ".join(filter(None, (condition, item.when))))


def decorated(item: Item, names: tuple[str, ...]) -> Item:
    """``item`` with all its views behind decorators."""
    return replace(item, decorators=(*names, *item.decorators))


def generated(what: str, place: Place) -> Generated:
    """Patterns of which nothing but their maker is known, where they stand in a list."""
    return Generated(Part("", "other", place), what)
