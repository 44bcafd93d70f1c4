"""What a view shows of the graph. Page, table and exports all ask here, so they agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .model_graph import App, Box, Edge, ModelGraph, Row
from .view import View


@dataclass
class Shown:
    """``boxes`` are shown whole, ``near`` by name only; each edge connects two of them.

    At the level ``apps``, ``weights`` counts the relations between each two of ``apps``.
    """

    level: str
    view: View
    boxes: list[Box] = field(default_factory=list)
    near: list[Box] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    apps: list[App] = field(default_factory=list)
    weights: Counter[tuple[str, str]] = field(default_factory=Counter)


def shown(graph: ModelGraph, view: View) -> Shown:
    """``view`` must be one of what the graph has (View.known)."""
    level = view.level(graph)
    installed = view.shows_installed(level)
    # What was asked for by name is shown, whatever is left out otherwise.
    named = {box.label for box in graph.apps[view.app].models} if view.app else set()

    def visible(label: str) -> bool:
        box = graph.boxes[label]
        return (box.own or installed or label in named) and (
            view.auto or not box.auto or label == view.focus
        )

    result = Shown(level, view)
    edges = [edge for edge in graph.edges if visible(edge.source) and visible(edge.target)]
    if level == "focus":
        inside = _around(view.focus, edges, view.hops)
    elif level == "app":
        inside = {box.label for box in graph.apps[view.app].models if visible(box.label)}
        touching = [edge for edge in edges if edge.source in inside or edge.target in inside]
        ends = {end for edge in touching for end in (edge.source, edge.target)}
        result.near = [box for box in graph.boxes.values() if box.label in ends - inside]
        result.edges = touching
    else:
        inside = {label for label in graph.boxes if visible(label)}
    result.boxes = [box for box in graph.boxes.values() if box.label in inside]
    if level != "app":
        result.edges = [e for e in edges if e.source in inside and e.target in inside]
    present = {box.app for box in result.boxes}
    result.apps = [app for app in graph.apps.values() if app.label in present]
    result.weights = weights(graph, result.edges)
    return result


def weights(graph: ModelGraph, edges: list[Edge]) -> Counter[tuple[str, str]]:
    """How many relations lead from each app to each other one."""
    pairs = ((graph.boxes[e.source].app, graph.boxes[e.target].app) for e in edges)
    return Counter(pair for pair in pairs if pair[0] != pair[1])


def written(graph: ModelGraph) -> list[Edge]:
    """The relations that somebody wrote down: not those of tables that Django makes."""
    return [edge for edge in graph.edges if not graph.boxes[edge.source].auto]


def rows(box: Box, fields: str) -> tuple[Row, ...]:
    """The rows of a box under a choice of fields: all, keys only, none."""
    if fields == "names":
        return ()
    return box.rows if fields == "all" else tuple(row for row in box.rows if row.key)


def _around(label: str, edges: list[Edge], hops: int) -> set[str]:
    found = {label}
    for _ in range(hops):
        found |= {e.target for e in edges if e.source in found} | {
            e.source for e in edges if e.target in found
        }
    return found
