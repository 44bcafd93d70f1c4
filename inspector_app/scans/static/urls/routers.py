"""Routers: what is registered with them is told, the URLs they make of it are not invented."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from inspector_app.workspaces.source import dotted

from .calls import argument
from .scope import UrlScope
from .shapes import Generated, Part, Place, View
from .views import Views

_DRF = "rest_framework"


@dataclass(frozen=True)
class Where:
    """A module, and its file as a report names it."""

    module: str
    file: str


@dataclass
class Router:
    """``kind`` is the class as it is written, ``entries`` are the calls of ``register``."""

    kind: str
    place: Place
    entries: list[Generated] = field(default_factory=list)

    @property
    def what(self) -> str:
        return "DRF router" if self.kind.startswith((_DRF, "DRF")) else self.kind.rpartition(".")[2]

    def register(self, call: ast.Call, scope: UrlScope, views: Views, where: Where) -> None:
        """``router.register("shelves", ShelfViewSet)``; names and kinds of arguments differ."""
        prefix = argument(call, 0, "prefix") or argument(call, 0, "name")
        text = scope.text(prefix) if prefix is not None else None
        viewset = argument(call, 1, "viewset") or argument(call, 1, "class_")
        place = Place(where.file, call.lineno)
        view = View()
        if viewset is not None and dotted(viewset):
            view = views.view(where.module, viewset, place)
        route = None if text is None else f"{text.strip('/')}/" if text else ""
        self.entries.append(Generated(Part(route, "other", place), self.what, view))

    def items(self) -> tuple[Generated, ...]:
        """One for each registration; one for all where nobody registers anything in sight."""
        return tuple(self.entries) or (Generated(Part("", "other", self.place), self.what),)
