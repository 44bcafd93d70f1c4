"""What is known about one model or one app, for the pane beside the diagram.

None stands for what this reading cannot know; an empty list for what is known not to be.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from .drawing import flag
from .model_graph import PK, WORDS, App, Box, Edge, ModelGraph, Row
from .shown import Shown, weights, written

Facts = dict[str, Any]


def model_facts(report: dict[str, Any], graph: ModelGraph, box: Box) -> Facts:
    entry = box.entry
    return {
        "box": box,
        "entry": entry,
        "flag": flag(box),
        "fields": [_field(row, graph) for row in box.rows],
        "to": [_end(e, e.target, graph) for e in graph.edges if e.source == box.label],
        "by": [_end(e, e.source, graph) for e in written(graph) if e.target == box.label],
        "admin": _admin(entry, report),
        "indexes": _named(entry, "indexes"),
        "constraints": _named(entry, "constraints"),
        "together": entry.get("unique_together"),
        "migrations": touched(report, box),
        "abstract_bases": entry.get("abstract_bases"),
        "managers": entry.get("managers"),
    }


def app_facts(report: dict[str, Any], graph: ModelGraph, app: App) -> Facts:
    counted = weights(graph, written(graph))
    models = [box for box in app.models if not box.auto]
    labels = {box.label for box in models}
    conflicts = {one["app"]: one["leaves"] for one in report["migrations"]["conflicts"]}
    depends = Counter({b: n for (a, b), n in counted.items() if a == app.label})
    used = Counter({a: n for (a, b), n in counted.items() if b == app.label})
    return {
        "app": app,
        "models": models,
        "auto_total": len(app.models) - len(models),
        "field_total": sum(len(box.entry["fields"]) for box in models),
        "relation_total": sum(e.source in labels and bool(e.field) for e in graph.edges),
        "unmanaged": sum(not box.entry["managed"] for box in models),
        "registered": _registered(models, report),
        "migrations": len(report["migrations"]["apps"].get(app.label, [])),
        "leaves": conflicts.get(app.label),
        "depends": bars(depends),
        "used": bars(used),
    }


def touched(report: dict[str, Any], box: Box) -> list[dict[str, Any]] | None:
    """The migrations of its app that name the model; None where their operations were not read."""
    of_app = report["migrations"]["apps"].get(box.app, [])
    if of_app and not any("operations" in one for one in of_app):
        return None
    names = {box.name.lower(), box.label.lower()}
    return [
        one
        for one in of_app
        if any((op.get("model") or "").lower() in names for op in one.get("operations") or ())
    ]


def _field(row: Row, graph: ModelGraph) -> Facts:
    one = row.entry
    words = (
        [one["default_text"]] if one.get("default") == "value" and one.get("default_text") else []
    )
    notes = [
        ("pk", one.get("primary_key")),
        ("unique", one.get("unique") and not one.get("primary_key")),
        ("null", one.get("null")),
        ("index", one.get("db_index") and not one.get("unique")),
        ("inherited", one.get("inherited")),
    ]
    return {
        "name": row.name,
        "kind": WORDS[row.key] if row.key and row.key != PK else _sized(row),
        "custom": row.kind if row.key and row.key != PK else "",
        "to": row.to,
        "links": row.to in graph.boxes,
        "notes": [word for word, holds in notes if holds],
        "default": words[0] if words else "",
        "choices": one.get("choices"),
        "help": one.get("help_text") or "",
        "type": one.get("column_type") or "",
        "file": one.get("file", ""),
        "line": one.get("line", 0),
    }


def _sized(row: Row) -> str:
    length = row.entry.get("max_length")
    return f"{row.kind}({length})" if length else row.kind


def _end(edge: Edge, label: str, graph: ModelGraph) -> Facts:
    return {
        "label": label,
        "field": edge.field,
        "kind": WORDS[edge.kind],
        "own": graph.boxes[label].own,
    }


def _admin(entry: dict[str, Any], report: dict[str, Any]) -> dict[str, Any] | None:
    """Its admin class; ``{}`` where it is known to have none; None where nobody looked."""
    if "admin" in entry:
        return entry["admin"] or {}
    if report.get("admin") is None:
        return None
    return next((one for one in report["admin"] if one["model"] == entry["label"]), {})


def _registered(models: list[Box], report: dict[str, Any]) -> int | None:
    found = [_admin(box.entry, report) for box in models]
    return None if any(one is None for one in found) else sum(bool(one) for one in found)


def _named(entry: dict[str, Any], key: str) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] | None = entry.get(key)
    return found


def used_by(graph: ModelGraph, seen: Shown) -> Counter[str]:
    """How many relations lead to each model of a view, from wherever."""
    inside = {box.label for box in seen.boxes}
    return Counter(e.target for e in written(graph) if e.target in inside)


def bars(counts: Counter[str], most: int | None = None) -> list[tuple[str, int, int]]:
    """Name, number, and how long its bar is: a width of at most 60."""
    largest = max(counts.values(), default=1)
    return [(name, n, max(4, round(60 * n / largest))) for name, n in counts.most_common(most)]
