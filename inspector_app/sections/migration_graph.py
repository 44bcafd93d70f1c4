"""The dependencies of one app's migrations as a drawing: newest on top, branches side by side.

What belongs to other apps stands at the sides: what is needed on the left, what needs it on the
right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .migrations import History, Key, MigrationRow, in_order

# In pixels.
ROW, LINE, LANE = 28, 20, 18
SIDE, GAP, TOP = 118, 12, 12
CHARACTER = 7.1
# Of a neighbour, and of a migration's own name with neighbours at its right and without.
_SIDE, _LABEL, _LABEL_ALONE = 15, 26, 44

_NUMBER = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Neighbour:
    """A migration of another app, and the line to it."""

    key: Key
    text: str
    x: float
    y: float
    path: str


@dataclass
class Node:
    row: MigrationRow
    lane: int
    x: float = 0
    y: float = 0
    text: str = ""
    label_x: float = 0
    needs: list[Neighbour] = field(default_factory=list)
    needed_by: list[Neighbour] = field(default_factory=list)


@dataclass(frozen=True)
class Graph:
    nodes: list[Node]
    edges: list[str]
    width: float
    height: float


def graph(history: History, app: str) -> Graph:
    """Nodes newest first, and the lines between them."""
    found = history.app(app)
    rows = in_order(found.rows) if found is not None else []
    lanes = _lanes(rows)
    width = max(lanes.values(), default=0) + 1
    nodes = {row.key: Node(row, lanes[row.key]) for row in reversed(rows)}
    alone = not any(_others(node.row.needed_by, app) for node in nodes.values())
    most = _LABEL_ALONE if alone else _LABEL
    longest = max((len(row.name) for row in rows), default=0)
    label = round(CHARACTER * min(longest, most)) + 16
    right = SIDE + GAP + width * LANE + label + GAP
    y: float = TOP
    for node in nodes.values():
        needs, needed_by = _others(node.row.needs, app), _others(node.row.needed_by, app)
        height = max(ROW, LINE * max(len(needs), len(needed_by)))
        node.x, node.y = SIDE + GAP + node.lane * LANE + LANE / 2, y + height / 2
        node.label_x = SIDE + GAP + width * LANE + 6
        node.text = _cut(node.row.name, most)
        node.needs = [
            _neighbour(key, SIDE, at, node.x - 6, node.y) for key, at in _spread(needs, node.y)
        ]
        node.needed_by = [
            _neighbour(key, right, at, node.label_x + label - 10, node.y)
            for key, at in _spread(needed_by, node.y)
        ]
        y += height
    edges = [
        _edge(nodes[key], node)
        for node in nodes.values()
        for key in node.row.needs
        if key in nodes and key != node.row.key
    ]
    return Graph(list(nodes.values()), edges, right + (0 if alone else SIDE), y + TOP)


def _others(keys: list[Key], app: str) -> list[Key]:
    """Those of other apps."""
    return [key for key in keys if key[0] != app]


def _lanes(rows: list[MigrationRow]) -> dict[Key, int]:
    """A migration stays in the lane of the first one that it follows, unless another has it."""
    lanes: dict[Key, int] = {}
    # Which migration a lane ended at, from left to right.
    ends: list[Key | None] = []
    last_child = _last_children(rows)
    for number, row in enumerate(rows):
        parents = [key for key in row.needs if key in lanes]
        lane = next((ends.index(key) for key in parents if key in ends), None)
        if lane is None:
            lane = next((at for at, end in enumerate(ends) if end is None), len(ends))
        if lane == len(ends):
            ends.append(None)
        ends[lane] = row.key
        lanes[row.key] = lane
        # A lane whose end nothing follows any more is free.
        ends = [
            None
            if end is not None and last_child.get(end, -1) <= number and end != row.key
            else end
            for end in ends
        ]
    return lanes


def _last_children(rows: list[MigrationRow]) -> dict[Key, int]:
    return {key: number for number, row in enumerate(rows) for key in row.needs}


def _spread(keys: list[Key], middle: float) -> list[tuple[Key, float]]:
    first = middle - LINE * (len(keys) - 1) / 2
    return [(key, first + LINE * number) for number, key in enumerate(keys)]


def _neighbour(key: Key, x: float, y: float, to_x: float, to_y: float) -> Neighbour:
    app, name = key
    bend = (x + to_x) / 2
    path = f"M{x:g} {y:g}C{bend:g} {y:g} {bend:g} {to_y:g} {to_x:g} {to_y:g}"
    number = _NUMBER.match(name)
    # An app's migrations are told apart by their numbers; the whole name is in its title.
    short = f"{_cut(app, _SIDE - 5)} {number[0]}" if number else _cut(f"{app} {name}", _SIDE)
    return Neighbour(key, short, x, y, path)


def _edge(old: Node, new: Node) -> str:
    """From a migration up to one that follows it."""
    if old.x == new.x:
        return f"M{old.x:g} {old.y:g}V{new.y:g}"
    bend = new.y + ROW * 0.9
    return (
        f"M{old.x:g} {old.y:g}V{bend + ROW * 0.4:g}"
        f"C{old.x:g} {bend:g} {new.x:g} {bend:g} {new.x:g} {new.y:g}"
        if new.x < old.x
        else f"M{old.x:g} {old.y:g}C{old.x:g} {old.y - ROW * 0.6:g} {new.x:g} {old.y - ROW * 0.3:g}"
        f" {new.x:g} {old.y - ROW * 0.9:g}V{new.y:g}"
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
