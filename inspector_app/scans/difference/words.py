"""A difference in short lines: ``+2 migrations shop 0018, shop 0019``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .entries import NOUNS

SIGNS = {"added": "+", "changed": "~", "removed": "\N{MINUS SIGN}"}
VERBS = {"added": "added", "changed": "changed", "removed": "removed"}
_NAMED = 2
# Kinds whose names are sentences.
PROSE = frozenset({"checks", "deploy", "findings"})


@dataclass(frozen=True)
class Line:
    """One kind and one way of being different, with its first names."""

    kind: str
    way: str
    total: int
    noun: str
    names: str

    @property
    def prose(self) -> bool:
        return self.kind in PROSE

    @property
    def sign(self) -> str:
        return f"{SIGNS[self.way]}{self.total:,}"

    @property
    def said(self) -> str:
        """The sign as a screen reader says it."""
        return f"{self.total:,} {VERBS[self.way]}"


def lines(difference: dict[str, Any]) -> Iterator[Line]:
    for kind in difference["kinds"]:
        for way in ("added", "changed", "removed"):
            total = kind["totals"][way]
            if total:
                noun = NOUNS[kind["kind"]]
                names = ", ".join(one["name"] for one in kind[way][:_NAMED])
                yield Line(
                    kind["kind"],
                    way,
                    total,
                    noun if total == 1 else f"{noun}s",
                    names + (", …" if total > _NAMED else ""),
                )


def change_words(change: dict[str, str]) -> str:
    """``null: false → true``."""
    fact = f"{change['fact']}: " if change["fact"] else ""
    before, after = change["before"], change["after"]
    if before and after:
        return f"{fact}{before} \N{RIGHTWARDS ARROW} {after}"
    if before:
        return f"{fact}without {before}"
    return f"{fact}with {after}" if after else f"{fact}in another order"


def summary(difference: dict[str, Any]) -> str:
    """``12 differences``; without one, whether everything could be compared."""
    total = difference["total"]
    if not total:
        return "read in another way" if difference["not_compared"] else "no difference"
    return "1 difference" if total == 1 else f"{total:,} differences"
