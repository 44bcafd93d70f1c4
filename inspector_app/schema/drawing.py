"""What the page draws: boxes, rows and edges as plain data, with the address each box opens."""

from __future__ import annotations

import hashlib
from typing import Any

from .model_graph import FK, M2M, O2O, PK, WORDS, App, Box, Edge, ModelGraph
from .shown import Shown, rows
from .view import View

Drawing = dict[str, Any]

MARKS = {PK: "PK", FK: "FK", O2O: "O2O", M2M: "M2M", "gfk": "GFK", "generic": "GR"}
# So many models of another app are named in its box.
NEAR_MOST = 12
REST = "…"
_ENDINGS = ("Field", "Key")


def drawing(graph: ModelGraph, view: View, shown: Shown) -> Drawing:
    """``key`` names the place where the user's own arrangement of this view is kept."""
    boxes, edges = _apps(view, shown) if shown.level == "apps" else _models(graph, view, shown)
    return {
        "level": shown.level,
        "title": _title(view, shown),
        "key": layout_key(view, shown.level),
        "selected": view.sel or view.focus,
        "boxes": boxes,
        "edges": edges,
    }


def layout_key(view: View, level: str) -> str:
    about = [level, view.focus or view.app, view.hops if view.focus else 0, view.fields]
    text = "\0".join(str(part) for part in (*about, view.installed, view.auto))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _title(view: View, shown: Shown) -> str:
    models = f"{len(shown.boxes):,} models"
    return {
        "apps": f"App map: {len(shown.apps):,} apps, {models}, "
        f"{len(shown.weights):,} connections between apps",
        "all": f"Diagram of all models: {models}",
        "app": f"Diagram of the app {view.app}: {models}",
        "focus": f"Diagram around {view.focus}: {models}",
    }[shown.level]


def _apps(view: View, shown: Shown) -> tuple[list[Drawing], list[Drawing]]:
    counts: dict[str, int] = {}
    for box in shown.boxes:
        counts[box.app] = counts.get(box.app, 0) + 1
    boxes = [
        {
            "id": app.label,
            "name": app.label,
            "kind": "app",
            "group": "",
            "count": counts[app.label],
            "rows": [],
            "own": app.own,
            "href": view.to(app=app.label, sel="", show="").query(),
            "label": f"{app.label}, {counts[app.label]} models",
        }
        for app in shown.apps
    ]
    edges = [
        {
            "a": source,
            "b": target,
            "kind": "app",
            "weight": weight,
            "text": f"{source} to {target}: {weight} relation{'' if weight == 1 else 's'}",
        }
        for (source, target), weight in shown.weights.items()
    ]
    return boxes, edges


def _models(graph: ModelGraph, view: View, shown: Shown) -> tuple[list[Drawing], list[Drawing]]:
    boxes = [_model(box, view, shown) for box in shown.boxes]
    near: dict[str, list[Box]] = {}
    for box in shown.near:
        near.setdefault(box.app, []).append(box)
    boxes += [_near(graph.apps[app], models, view) for app, models in near.items()]
    # Where the edges of a model that stands beside end: box and row.
    stands_in = {
        box.label: (f"app {app}", box.label if index < NEAR_MOST else REST)
        for app, models in near.items()
        for index, box in enumerate(models)
    }
    visible = {(box.label, row.name) for box in shown.boxes for row in rows(box, view.fields)}
    return boxes, [_edge(edge, stands_in, visible) for edge in shown.edges]


def _model(box: Box, view: View, shown: Shown) -> Drawing:
    seen = rows(box, view.fields)
    return {
        "id": box.label,
        "name": box.name,
        "kind": "model",
        "group": box.app,
        "rows": [
            [
                row.name,
                MARKS.get(row.key, ""),
                "" if row.to or row.key == "gfk" else short(row.kind),
            ]
            for row in seen
        ],
        "more": len(box.rows) - len(seen),
        "own": box.own,
        "flag": flag(box),
        "href": view.to(focus=box.label, app="", sel="", show="").query(),
        "label": f"{box.label if shown.level != 'app' else box.name}, {len(box.rows)} fields"
        + (f", {flag(box)}" if flag(box) else ""),
    }


def _near(app: App, models: list[Box], view: View) -> Drawing:
    return {
        "id": f"app {app.label}",
        "name": app.label,
        "kind": "near",
        "group": app.label,
        "rows": [[box.name, "", "", box.label] for box in models[:NEAR_MOST]]
        + ([[f"{left:,} more", "", "", REST]] if (left := len(models) - NEAR_MOST) > 0 else []),
        "own": app.own,
        "href": view.to(app=app.label, focus="", sel="").query(),
        "label": f"App {app.label}: {', '.join(box.name for box in models)}",
    }


def _edge(
    edge: Edge, stands_in: dict[str, tuple[str, str]], visible: set[tuple[str, str]]
) -> Drawing:
    field = f".{edge.field}" if edge.field else ""
    drawn: Drawing = {
        "a": stands_in[edge.source][0] if edge.source in stands_in else edge.source,
        "b": stands_in[edge.target][0] if edge.target in stands_in else edge.target,
        "kind": edge.kind,
        "text": f"{edge.source}{field} to {edge.target} ({WORDS[edge.kind]})",
    }
    # The row at which it begins or ends, where the box has one for it.
    if edge.source in stands_in:
        drawn["ar"] = stands_in[edge.source][1]
    elif (edge.source, edge.field) in visible:
        drawn["ar"] = edge.field
    if edge.target in stands_in:
        drawn["br"] = stands_in[edge.target][1]
    return drawn


def flag(box: Box) -> str:
    """What sets a model apart from one with a table of its own that Django looks after."""
    entry = box.entry
    if entry["auto_created"]:
        return "auto-created"
    for name in ("proxy", "swapped"):
        if entry[name]:
            return name
    return "" if entry["managed"] else "unmanaged"


def short(kind: str) -> str:
    """``CharField`` is ``Char`` where space is short."""
    for ending in _ENDINGS:
        if kind.endswith(ending) and len(kind) > len(ending):
            return kind.removesuffix(ending)
    return kind
