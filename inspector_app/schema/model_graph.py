"""The models of a report as boxes with rows, and the relations between them as edges.

A report of a static reading has fewer keys than one of a probe; what is absent is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Entry = dict[str, Any]

FK, O2O, M2M, GFK, GENERIC = "fk", "o2o", "m2m", "gfk", "generic"
INHERITS, PROXY = "inherits", "proxy"
PK = "pk"
WORDS = {
    FK: "FK",
    O2O: "O2O",
    M2M: "M2M",
    GFK: "GFK",
    GENERIC: "generic",
    INHERITS: "inherits",
    PROXY: "proxy of",
}


@dataclass(frozen=True)
class Row:
    """A field. ``key`` is the kind of its relation, ``pk``, or empty; ``to`` a label or empty."""

    name: str
    kind: str
    key: str
    to: str
    entry: Entry


@dataclass(frozen=True)
class Edge:
    """A relation, or an inheritance (then ``field`` is the parent link's, or empty)."""

    source: str
    target: str
    field: str
    kind: str


@dataclass(frozen=True)
class Box:
    """A model. ``own``: its app is one of the project's folder."""

    label: str
    name: str
    app: str
    own: bool
    entry: Entry
    rows: tuple[Row, ...]

    @property
    def auto(self) -> bool:
        return bool(self.entry["auto_created"])


@dataclass(frozen=True)
class App:
    label: str
    own: bool
    entry: Entry
    models: tuple[Box, ...]


@dataclass
class ModelGraph:
    apps: dict[str, App] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)


def read_graph(report: Entry) -> ModelGraph:
    graph = ModelGraph()
    relations: dict[str, dict[str, Entry]] = {}
    for relation in report["relations"]:
        relations.setdefault(relation["from"], {})[relation["field"]] = relation
    for app in report["apps"]:
        own = app["path"] is not None
        boxes = tuple(
            _box(app["label"], own, entry, relations.get(entry["label"], {}))
            for entry in app["models"]
        )
        graph.apps[app["label"]] = App(app["label"], own, app, boxes)
        graph.boxes.update((box.label, box) for box in boxes)
    graph.edges = [
        edge
        for box in graph.boxes.values()
        for edge in _edges(box, relations.get(box.label, {}))
        if edge.target in graph.boxes
    ]
    return graph


def _box(app: str, own: bool, entry: Entry, relations: dict[str, Entry]) -> Box:
    named = {one["name"] for one in entry["fields"]}
    rows = [_row(one, relations.get(one["name"])) for one in entry["fields"]]
    # Generic keys and generic relations have no column, so they are no fields of the table.
    rows += [
        Row(name, "", relation["kind"], relation["to"] or "", {})
        for name, relation in relations.items()
        if name not in named
    ]
    return Box(entry["label"], entry["name"], app, own, entry, tuple(rows))


def _row(one: Entry, relation: Entry | None) -> Row:
    if relation is not None:
        key, to = relation["kind"], relation["to"] or ""
    else:
        key, to = PK if one["primary_key"] else "", one.get("to") or ""
    return Row(one["name"], one["kind"], key, to, one)


def _edges(box: Box, relations: dict[str, Entry]) -> Iterator[Edge]:
    bases = list(box.entry.get("bases") or ())
    parents = set()
    for row in box.rows:
        if row.key not in (FK, O2O, M2M, GENERIC) or not row.to:
            continue
        kind = row.key
        if kind == O2O and _is_parent_link(row, bases):
            parents.add(row.to)
            kind = INHERITS
        # A relation stands once, on the model that declares it.
        if row.name in relations:
            yield Edge(box.label, row.to, row.name, kind)
    for base in bases:
        if base not in parents:
            yield Edge(box.label, base, "", PROXY if box.entry["proxy"] else INHERITS)


def _is_parent_link(row: Row, bases: list[str]) -> bool:
    # Django's own name for it; a probe also names the bases.
    return row.name.endswith("_ptr") or bool(row.to in bases and row.entry.get("primary_key"))
