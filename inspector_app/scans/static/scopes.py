"""The names that a settings module has bound so far, and how sure each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from .environment_calls import Read
from .values import UNKNOWN, Value, bounded, either

_T = TypeVar("_T")


@dataclass(frozen=True)
class Place:
    """Where a setting got its last value, or where it began to be in doubt."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass
class Scope:
    """``doubts`` are the places that make a name's value less than the whole truth.

    ``opaque`` are those after which any name may stand for something else. ``reads`` are the
    variables of the environment that a name's value is made from, ``expressions`` its source text
    where the value is not all known.
    """

    names: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    doubts: dict[str, Place] = field(default_factory=dict)
    opaque: list[Place] = field(default_factory=list)
    reads: dict[str, tuple[Read, ...]] = field(default_factory=dict)
    expressions: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> Value:
        return self.names.get(name, UNKNOWN)

    def bind(self, name: str, value: Value, place: Place) -> None:
        self.places[name] = place
        for one in (self.doubts, self.reads, self.expressions):
            one.pop(name, None)
        self.change(name, value, place)

    def change(self, name: str, value: Value, place: Place) -> None:
        """A new value for ``name`` that is made from its old one."""
        self.names[name] = value = bounded(value)
        if not value.whole:
            self.doubts.setdefault(name, place)

    def doubt(self, name: str, place: Place) -> None:
        """Something at ``place`` can have made ``name`` different."""
        if name in self.names:
            self.change(name, self.names[name].doubted(), place)

    def take(self, other: Scope, name: str, alias: str) -> None:
        """``from other import name as alias``."""
        if name not in other.names:
            return
        self.names[alias] = other.names[name]
        _take(self.places, other.places, name, alias)
        _take(self.doubts, other.doubts, name, alias)
        _take(self.reads, other.reads, name, alias)
        _take(self.expressions, other.expressions, name, alias)

    def made_from(self, name: str, reads: Iterable[Read]) -> None:
        """``name`` depends on variables of the environment, besides those that it did before."""
        found = dict.fromkeys((*self.reads.get(name, ()), *reads))
        if found:
            self.reads[name] = tuple(found)

    def copy(self) -> Scope:
        return Scope(
            dict(self.names),
            dict(self.places),
            dict(self.doubts),
            list(self.opaque),
            dict(self.reads),
            dict(self.expressions),
        )

    def become_one_of(self, branches: list[Scope], place: Place) -> None:
        """Take what is sure when one of ``branches`` was executed and nobody can tell which."""
        for name in dict.fromkeys(name for branch in branches for name in branch.names):
            value = either([branch.names.get(name) for branch in branches])
            holding = next(branch for branch in branches if name in branch.names)
            self.take(holding, name, name)
            self.names[name] = value
            if not value.whole:
                self.doubts.setdefault(name, place)
        seen = dict.fromkeys(one for branch in branches for one in branch.opaque)
        self.opaque = list(seen)


def _take(mine: dict[str, _T], theirs: dict[str, _T], name: str, alias: str) -> None:
    mine.pop(alias, None)
    if name in theirs:
        mine[alias] = theirs[name]
