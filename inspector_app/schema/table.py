"""The same view as a table: every app with its models, for who does not use the diagram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .drawing import flag
from .model_graph import Box, ModelGraph
from .shown import Shown, written


@dataclass(frozen=True)
class Line:
    """``relations`` lead from the model, ``used`` to it; ``admin`` is None where nobody knows."""

    box: Box
    flag: str
    fields: int
    relations: int
    used: int
    admin: bool | None
    near: bool


@dataclass(frozen=True)
class Group:
    app: str
    lines: list[Line]
    depends: list[tuple[str, int]]
    used: list[tuple[str, int]]


_KEYS: dict[str, Callable[[Line], Any]] = {
    "name": lambda line: line.box.name.lower(),
    "fields": lambda line: (-line.fields, line.box.name.lower()),
    "relations": lambda line: (-line.relations, line.box.name.lower()),
    "used": lambda line: (-line.used, line.box.name.lower()),
}


def groups(report: dict[str, Any], graph: ModelGraph, shown: Shown) -> list[Group]:
    leaving = Counter(edge.source for edge in graph.edges)
    arriving = Counter(edge.target for edge in written(graph))
    registered = (
        {one["model"] for one in report["admin"]} if report.get("admin") is not None else None
    )

    def line(box: Box, *, near: bool = False) -> Line:
        return Line(
            box,
            flag(box),
            len(box.entry["fields"]),
            leaving[box.label],
            arriving[box.label],
            _admin(box, registered),
            near,
        )

    lines: dict[str, list[Line]] = {}
    for box in shown.boxes:
        lines.setdefault(box.app, []).append(line(box))
    for box in shown.near:
        lines.setdefault(box.app, []).append(line(box, near=True))
    return [
        Group(
            app,
            sorted(found, key=_KEYS[shown.view.sort]),
            [(b, n) for (a, b), n in shown.weights.most_common() if a == app],
            [(a, n) for (a, b), n in shown.weights.most_common() if b == app],
        )
        for app, found in lines.items()
    ]


def _admin(box: Box, registered: set[str] | None) -> bool | None:
    if "admin" in box.entry:
        return box.entry["admin"] is not None
    return None if registered is None else box.label in registered
