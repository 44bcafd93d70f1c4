"""The same rows as a tree: an include holds what it includes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .urls import UrlRow

Key = tuple[str, str, int]


@dataclass(slots=True)
class Include:
    """A step on the way to views. ``nodes`` are includes and rows, in Django's order."""

    text: str
    file: str
    line: int
    depth: int
    nodes: list[Include | UrlRow] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[UrlRow]:
        for node in self.nodes:
            if isinstance(node, Include):
                yield from node.rows
            else:
                yield node


def url_tree(rows: Iterable[UrlRow]) -> Include:
    """The root, with everything in it."""
    root = Include("", "", 0, 0)
    known: dict[tuple[Key, ...], Include] = {(): root}
    for row in rows:
        way: tuple[Key, ...] = ()
        for part in (row.url.get("parts") or [])[:-1]:
            above = known[way]
            way = (*way, _key(part))
            if way not in known:
                known[way] = Include(part["text"], part["file"], part["line"], above.depth + 1)
                above.nodes.append(known[way])
        known[way].nodes.append(row)
    return root


def _key(part: dict[str, Any]) -> Key:
    return part["text"], part["file"], part["line"]
