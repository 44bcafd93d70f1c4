"""What part of the models a page is about: read from the address, and written into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from .model_graph import ModelGraph

LARGEST_WHOLE = 60
FIELDS = ("keys", "names", "all")
HOPS = (1, 2)
SHOWS = ("", "apps", "all")
SORTS = ("name", "fields", "relations", "used")


@dataclass(frozen=True)
class View:
    """``focus`` is a model's label and wins over ``app``; ``sel`` is the selected app or model.

    ``show`` says how everything is shown: as a map of apps, or all models. Empty: by their number.
    ``installed`` is None as long as nobody asked: then models of packages are left out of views of
    everything, and stand beside a model of the project that is related to them.
    """

    app: str = ""
    focus: str = ""
    hops: int = 1
    show: str = ""
    fields: str = FIELDS[0]
    installed: bool | None = None
    auto: bool = False
    table: bool = False
    sort: str = SORTS[0]
    sel: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> View:
        """Values that do not exist are passed over: an old link still leads somewhere."""
        return cls(
            app=query.get("app", ""),
            focus=query.get("focus", ""),
            hops=2 if query.get("hops") == "2" else 1,
            show=_one_of(SHOWS, query.get("show", "")),
            fields=_one_of(FIELDS, query.get("fields", "")),
            installed={"0": False, "1": True}.get(query.get("installed", "")),
            auto=query.get("auto") == "1",
            table=query.get("table") == "1",
            sort=_one_of(SORTS, query.get("sort", "")),
            sel=query.get("sel", ""),
        )

    def known(self, graph: ModelGraph) -> tuple[View, str]:
        """The same with what the graph has; and what it has not."""
        if self.focus and self.focus not in graph.boxes:
            return replace(self, focus="", app="", sel=""), self.focus
        if self.app and self.app not in graph.apps:
            return replace(self, app="", sel=""), self.app
        view = replace(self, app=graph.boxes[self.focus].app) if self.focus else self
        return (view if view.sel in graph.boxes or view.sel in graph.apps else view.to(sel="")), ""

    def level(self, graph: ModelGraph) -> str:
        """``focus``, ``app``, ``all`` or ``apps``."""
        if self.focus:
            return "focus"
        if self.app:
            return "app"
        if self.show:
            return self.show
        own = [box.app for box in graph.boxes.values() if box.own and not box.auto]
        # A map of a single app would tell nothing.
        return "apps" if len(own) > LARGEST_WHOLE and len(set(own)) > 1 else "all"

    def shows_installed(self, level: str) -> bool:
        return level in ("app", "focus") if self.installed is None else self.installed

    def to(self, **changes: Any) -> View:
        return replace(self, **changes)

    def query(self) -> str:
        """The part of an address from ``?`` on, also where nothing follows it."""
        usual = {one.name: one.default for one in fields(View)}
        given = {key: value for key, value in asdict(self).items() if value != usual[key]}
        if self.focus:
            given.pop("app", None)
        return "?" + urlencode(
            {key: int(value) if isinstance(value, bool) else value for key, value in given.items()}
        )


def _one_of(allowed: tuple[str, ...], value: str) -> str:
    return value if value in allowed else allowed[0]
