"""From nested patterns to a report's entries: whole routes, names with their namespaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from inspector_app.scans.static.written import some

from .path_regex import CONVERTERS, path_regex
from .scope import Project
from .shapes import Generated, Include, Item, Part, Pattern, Place

_MOST = 20_000
_DEEPEST = 40
# Includes of includes can lead to a great many lists with nothing in them.
_STEPS_LIMIT = 200_000
_COMPUTED = "a computed route"


@dataclass(frozen=True)
class _Way:
    """What lies between the root and a pattern; ``route`` is that of the parts that are known."""

    route: str = ""
    computed: bool = False
    parts: tuple[dict[str, Any], ...] = ()
    namespaces: tuple[str, ...] = ()
    defaults: dict[str, str] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()


class Routes:
    """Makes the entries of one reading."""

    def __init__(self, project: Project, converters: dict[str, str]) -> None:
        self._converters = CONVERTERS | converters
        self._apps = sorted(project.apps, key=lambda app: len(app.name), reverse=True)
        self._steps = 0
        self._computed: dict[Place, None] = {}
        self.notes: list[str] = []

    def entries(self, items: Iterable[Item]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for entry in self._walk(items, _Way()):
            if len(found) >= _MOST:
                self.notes.append(f"only the first {_MOST} URLs are listed")
                break
            found.append(entry)
        if self._steps > _STEPS_LIMIT:
            self.notes.append("there are more includes than are followed")
        if self._computed:
            places = [f"{place.file}:{place.line}" for place in self._computed]
            self.notes.append(f"a part of the route is computed and not known: {some(places)}")
        return found

    def _walk(self, items: Iterable[Item], way: _Way) -> Iterator[dict[str, Any]]:
        if len(way.parts) >= _DEEPEST:
            return
        for item in items:
            self._steps += 1
            if self._steps > _STEPS_LIMIT:
                return
            here = self._beyond(way, item)
            if isinstance(item, Include):
                yield from self._walk(item.items, here)
            else:
                yield self._entry(item, here)

    def _beyond(self, way: _Way, item: Item) -> _Way:
        if item.part.text is None:
            self._computed.setdefault(item.part.place)
        namespace = "" if isinstance(item, Pattern) else item.namespace
        defaults = {} if isinstance(item, Generated) else item.defaults
        return _Way(
            way.route + (item.part.text or ""),
            way.computed or item.part.text is None,
            (*way.parts, self._part(item.part, end=isinstance(item, Pattern))),
            (*way.namespaces, namespace) if namespace else way.namespaces,
            {**way.defaults, **defaults} if defaults else way.defaults,
            (*way.conditions, item.when) if item.when else way.conditions,
            (*way.decorators, *item.decorators) if item.decorators else way.decorators,
        )

    def _part(self, part: Part, *, end: bool) -> dict[str, Any]:
        text = part.text or ""
        regex, names = text, {}
        if part.kind == "path" and part.text is not None:
            regex, used = path_regex(text, end=end)
            names = {name: self._converters.get(kind, "") for name, kind in used.items()}
        return {
            "text": text,
            "kind": part.kind,
            "regex": regex,
            "converters": names,
            "file": part.place.file,
            "line": part.place.line,
        }

    def _entry(self, item: Pattern | Generated, way: _Way) -> dict[str, Any]:
        view = item.view
        name = item.name if isinstance(item, Pattern) else None
        made = item.what if isinstance(item, Generated) else None
        decorators = dict.fromkeys((*way.decorators, *view.decorators))
        entry = {
            "route": way.route,
            "name": ":".join((*way.namespaces, name)) if name is not None else None,
            "view": view.name,
            "file": item.part.place.file,
            "line": item.part.place.line,
            "view_file": view.file,
            "view_line": view.line,
            "parts": list(way.parts),
            "namespaces": list(way.namespaces),
            "app": self._app(view.name),
            "methods": list(view.methods) if view.methods is not None else None,
            "decorators": list(decorators),
            "generated": made or (_COMPUTED if way.computed else None),
            "default_args": way.defaults,
        }
        if way.conditions:
            entry["condition"] = " and ".join(way.conditions)
        return entry

    def _app(self, view: str) -> str | None:
        found = (app.label for app in self._apps if view.startswith(f"{app.name}."))
        return next(found, None)
