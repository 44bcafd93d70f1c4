"""Finding an app, a model or a field by a part of its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .model_graph import Box, ModelGraph
from .view import View

MOST = 12


def search(graph: ModelGraph, view: View, text: str) -> list[dict[str, Any]]:
    """The best matches; a name that begins with the words comes first, the project's own too.

    ``box`` is what a diagram calls it, ``href`` the view that shows it.
    """
    words = text.lower().split()
    if not words:
        return []
    found = sorted(_matches(graph, words), key=lambda one: one[0])[:MOST]
    return [_entry(view, *one[1:]) for one in found]


Rank = tuple[int, int, int, str]


def _matches(
    graph: ModelGraph, words: list[str]
) -> Iterator[tuple[Rank, str, str, str, Box | None]]:
    for app in graph.apps.values():
        if app.models and (fit := _fit(app.label, app.label, words)) is not None:
            yield (fit, not app.own, 0, app.label), "app", app.label, "", None
    for box in graph.boxes.values():
        if (fit := _fit(box.name, box.label, words)) is not None:
            yield (fit, not box.own, 1 + box.auto, box.label), "model", box.label, "", box
        for row in box.rows:
            whole = f"{box.label}.{row.name}"
            if (fit := _fit(row.name, whole, words)) is not None and not box.auto:
                yield (fit + 2, not box.own, 3, whole), "field", box.label, row.name, box


def _fit(name: str, whole: str, words: list[str]) -> int | None:
    """0: begins with it, 1: holds it, 2: only with what stands before its name; None: does not.

    The last word is about the name itself.
    """
    name, whole = name.lower(), whole.lower()
    if words[-1] not in name or not all(word in whole for word in words):
        dotted = "".join(words)
        return (
            2 if "." in dotted and dotted in whole and dotted.rpartition(".")[2] in name else None
        )
    return 0 if name.startswith(words[-1]) else 1


def _entry(view: View, what: str, label: str, field: str, box: Box | None) -> dict[str, Any]:
    target = (
        view.to(app=label, focus="", hops=1, show="", sel="")
        if box is None
        else view.to(app=box.app, focus="", hops=1, show="", sel=label, auto=view.auto or box.auto)
    )
    return {
        "what": what,
        "box": label,
        "name": field or (box.name if box is not None else label),
        "of": label if field else (box.app if box is not None else ""),
        "href": target.query(),
    }
