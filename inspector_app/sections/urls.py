"""The URLs of a report as rows: what kind each is of, and which are there twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .packages import in_packages, short_path

Url = dict[str, Any]

_GROUP_NAME = re.compile(r"\(\?P<(\w+)>")

# What a row can be, in the order of the page's choices.
KINDS = {
    "own": "Project",
    "unnamed": "Unnamed",
    "generated": "Generated",
    "duplicate": "Duplicates",
}


@dataclass(slots=True)
class UrlRow:
    """``first`` is the number of an earlier pattern for the same paths, which answers them all.

    ``namesake`` is another pattern with the same name and the same arguments, so that reversing the
    name gives only one of the two.
    """

    number: int
    url: Url
    kinds: set[str] = field(default_factory=set)
    first: int | None = None
    namesake: int | None = None

    @property
    def route(self) -> str:
        return str(self.url["route"])

    @property
    def app(self) -> str:
        return self.url.get("app") or ""

    @property
    def text(self) -> str:
        """What a filter looks in: what the row shows."""
        url = self.url
        answers = [*(url.get("methods") or []), *(url.get("decorators") or [])]
        place = f"{short_path(url['file'])}:{url['line']}"
        return " ".join([self.route, url["name"] or "no name", url["view"], *answers, place])


def url_rows(urls: list[Url], own: frozenset[str]) -> list[UrlRow]:
    """A row for each URL, in Django's order; ``own`` are the labels of the project's apps."""
    rows = [UrlRow(number, url) for number, url in enumerate(urls)]
    _mark_twins(rows)
    for row in rows:
        if _is_own(row.url, own):
            row.kinds.add("own")
        if row.url["name"] is None:
            row.kinds.add("unnamed")
        if row.url.get("generated"):
            row.kinds.add("generated")
        if row.first is not None or row.namesake is not None:
            row.kinds.add("duplicate")
    return rows


def kind_counts(rows: Iterable[UrlRow]) -> list[tuple[str, str, int]]:
    counted = Counter(kind for row in rows for kind in row.kinds)
    return [(kind, label, counted[kind]) for kind, label in KINDS.items()]


def app_counts(rows: Iterable[UrlRow], own: frozenset[str]) -> list[tuple[str, int]]:
    """The apps that views are in, the project's own first."""
    counted = Counter(row.app for row in rows if row.app)
    return sorted(counted.items(), key=lambda pair: (pair[0] not in own, pair[0]))


def includes(urls: Iterable[Url]) -> int:
    """How many lists of patterns the URLs come from, beside the root's."""
    chains = {_chain(url) for url in urls}
    return len({chain[: depth + 1] for chain in chains for depth in range(len(chain))})


def _chain(url: Url) -> tuple[tuple[str, str, int], ...]:
    parts = url.get("parts") or []
    return tuple((part["text"], part["file"], part["line"]) for part in parts[:-1])


def _is_own(url: Url, own: frozenset[str]) -> bool:
    if url.get("app"):
        return url["app"] in own
    file = url.get("view_file") or url["file"]
    return bool(file) and not in_packages(file)


def _mark_twins(rows: list[UrlRow]) -> None:
    by_path: dict[str, int] = {}
    by_name: dict[tuple[str, frozenset[str]], int] = {}
    for row in rows:
        if not _is_whole(row.url):
            continue
        first = by_path.setdefault(_expression(row.url), row.number)
        if first != row.number:
            row.first = first
        name = row.url["name"]
        if name:
            other = by_name.setdefault((name, _arguments(row.url)), row.number)
            if other != row.number and row.first is None:
                row.namesake = other
                if rows[other].namesake is None:
                    rows[other].namesake = row.number


def _is_whole(url: Url) -> bool:
    """An older scan has no parts, and what generates patterns is only the beginning of some."""
    parts = url.get("parts")
    if not (parts and url["view"]):
        return False
    return not [part for part in parts if not part["regex"] and part["kind"] != "locale"]


def _expression(url: Url) -> str:
    """The same for all patterns that match the same paths, as far as their text tells."""
    # A loop, because a generator for each of a thousand patterns takes longer than what it does.
    joined = ""
    for part in url["parts"]:
        joined += part["regex"].removeprefix("^")
    if "(?P<" in joined:
        joined = _GROUP_NAME.sub("(", joined)
    return joined.removesuffix("$").removesuffix("\\Z")


def _arguments(url: Url) -> frozenset[str]:
    found: list[str] = []
    for part in url["parts"]:
        if "(?P<" in part["regex"]:
            found += _GROUP_NAME.findall(part["regex"])
    return frozenset(found)
