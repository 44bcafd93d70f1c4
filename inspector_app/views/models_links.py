"""Where the parts of the Models page lead: the same view with one thing changed."""

from __future__ import annotations

from typing import Any

from inspector_app.schema.model_graph import ModelGraph
from inspector_app.schema.view import View


def links(graph: ModelGraph, view: View) -> dict[str, Any]:
    """Queries, from ``?`` on; an empty one is the page itself."""
    level = view.level(graph)
    installed = view.shows_installed(level)
    top = view.to(app="", focus="", hops=1, sel="", show="")
    app = view.to(focus="", hops=1, sel=view.focus or view.sel)
    return {
        "top": top.query(),
        "app": app.query(),
        "app_label": view.app,
        "focus_name": graph.boxes[view.focus].name if view.focus else "",
        "here": view.query(),
        "without_selection": view.to(sel="").query(),
        "up": _up(view, app, top),
        "fields": [
            (title, view.to(fields=value).query(), view.fields == value)
            for title, value in (("Names", "names"), ("Keys", "keys"), ("All fields", "all"))
        ],
        "hops": [(hops, view.to(hops=hops).query(), view.hops == hops) for hops in (1, 2)],
        "shows": [
            (title, view.to(show=value).query(), level == value)
            for title, value in (("Apps", "apps"), ("Models", "all"))
        ],
        "diagram": view.to(table=False, sort="name").query(),
        "table": view.to(table=True).query(),
        "installed": installed,
        "toggle_installed": view.to(installed=not installed).query(),
        "auto": view.auto,
        "toggle_auto": view.to(auto=not view.auto).query(),
        "sorts": {
            name: view.to(sort=name).query() for name in ("name", "fields", "relations", "used")
        },
        "map": _in_map(view),
    }


def _up(view: View, app: View, top: View) -> str:
    """Where Escape leads: from a model to its app, from an app to everything."""
    if view.focus:
        return app.query()
    return top.to(sel=view.app).query() if view.app else ""


def _in_map(view: View) -> str:
    """The app map with the app of what is shown or selected."""
    app = view.app or view.sel.partition(".")[0]
    return View(show="apps", installed=view.installed, sel=app).query()
