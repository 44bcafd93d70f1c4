"""The addresses of the migrations page: what is shown, with one thing changed."""

from __future__ import annotations

from urllib.parse import urlencode

_KEPT = ("q", "show", "db", "view", "app", "name")


class MigrationLinks:
    """Made from a page's query; templates ask it for the links on that page."""

    def __init__(self, query: dict[str, str]) -> None:
        self._query = {name: query[name] for name in _KEPT if query.get(name)}

    def to(self, **changes: str) -> str:
        """The same with ``changes``; an empty one is left out."""
        query = {**self._query, **changes}
        return "?" + urlencode({name: value for name, value in query.items() if value})

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form for another database keeps."""
        return [(name, value) for name, value in self._query.items() if name != "db"]

    @property
    def graph(self) -> str:
        return self.to(view="graph")

    @property
    def list(self) -> str:
        return self.to(view="")

    @property
    def unfiltered(self) -> str:
        return self.to(q="", show="")
