"""What a page of URLs is asked to show, from its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .urls import KINDS, UrlRow
from .words import fits, words_of

_LONGEST = 2_000


@dataclass(frozen=True)
class UrlFilter:
    """``q`` are words, ``kind`` one of :data:`KINDS`; empty is every row. ``path`` is asked for."""

    q: str = ""
    app: str = ""
    kind: str = ""
    tree: bool = False
    path: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> UrlFilter:
        kind = query.get("kind", "")
        return cls(
            q=query.get("q", "")[:200],
            app=query.get("app", "")[:200],
            kind=kind if kind in KINDS else "",
            tree=query.get("view") == "tree",
            path=query.get("path", "")[:_LONGEST],
        )

    @property
    def filters(self) -> bool:
        return bool(self.q.strip() or self.app or self.kind)

    def numbers(self, rows: Iterable[UrlRow]) -> set[int]:
        """The rows that fit."""
        words = words_of(self.q)
        return {
            row.number
            for row in rows
            if (not self.app or row.app == self.app)
            and (not self.kind or self.kind in row.kinds)
            and (not words or fits(words, row.text))
        }
