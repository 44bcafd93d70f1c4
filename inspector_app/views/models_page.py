"""Models: the newest finished scan's models as a map, a diagram or a table."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from inspector_app.exports.dbml import dbml
from inspector_app.exports.mermaid import mermaid
from inspector_app.models import Workspace
from inspector_app.scans.newest import Newest, newest, parts
from inspector_app.schema import facts, layouts
from inspector_app.schema.drawing import drawing
from inspector_app.schema.model_graph import ModelGraph, read_graph
from inspector_app.schema.shown import shown
from inspector_app.schema.table import groups
from inspector_app.schema.view import View

from .models_links import links
from .page import page, workspace_page

Context = dict[str, Any]
TEXTS = {"mmd": ("text/vnd.mermaid", mermaid), "dbml": ("text/plain", dbml)}
MOST_USED = 8
# Of a report, what the page shows.
PARTS = ("apps", "relations", "admin")


@workspace_page("inspector_app/models/page.html")
def models(request: HttpRequest, workspace: Workspace) -> Context:
    latest = workspace.newest_scan
    done = newest(workspace, *PARTS)
    context: Context = {
        "scanning": latest is not None and latest.finished_at is None,
        "scan_problem": latest.problem if latest is not None else None,
        "done": done.scan if done is not None else None,
    }
    if done is not None:
        context |= _view(workspace, done, View.of(request.GET.dict()))
    return context


@page("inspector_app/models/facts.html")
def model_facts(request: HttpRequest, slug: str) -> Context:
    """What is known about the app or model that a view has selected: the pane beside it."""
    workspace = get_object_or_404(Workspace, slug=slug)
    done = newest(workspace, *PARTS)
    if done is None:
        raise Http404
    graph = read_graph(done.report)
    view, _ = View.of(request.GET.dict()).known(graph)
    return {"workspace": workspace, **_context(done, graph, view)}


@require_safe
def export_text(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """What a view shows, as Mermaid or DBML."""
    workspace = get_object_or_404(Workspace, slug=slug)
    done = newest(workspace, *PARTS)
    if done is None or suffix not in TEXTS:
        raise Http404
    graph = read_graph(done.report)
    view, _ = View.of(request.GET.dict()).known(graph)
    media_type, write = TEXTS[suffix]
    name = f"{workspace.slug}-models.{suffix}"
    return HttpResponse(
        write(shown(graph, view)),
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _view(workspace: Workspace, done: Newest, asked: View) -> Context:
    graph = read_graph(done.report)
    view, missing = asked.known(graph)
    context = _context(done, graph, view) | {
        "missing": missing,
        "empty": not graph.boxes,
        "app_names": list(graph.apps),
        "sizes": sizes(graph),
        "scan_id": done.scan.pk,
    }
    if view.table:
        return context | {"groups": groups(done.report, graph, context["shown"])}
    drawn = drawing(graph, view, context["shown"])
    drawn["moved"] = layouts.moved(workspace, drawn["key"])
    return context | {"drawing": drawn}


def _context(done: Newest, graph: ModelGraph, view: View) -> Context:
    """What the whole page and the pane of facts have in common."""
    seen = shown(graph, view)
    return {
        "view": view,
        "level": seen.level,
        "section": done.report["sections"].get("models", {}),
        "links": links(graph, view),
        "shown": seen,
        **_facts(done, graph, view),
    }


def sizes(graph: ModelGraph) -> dict[str, int]:
    """The project's own apps that have models, and the models that it declares."""
    own = [box for box in graph.boxes.values() if box.own and not box.auto]
    return {"models": len(own), "apps": len({box.app for box in own})}


def _facts(done: Newest, graph: ModelGraph, view: View) -> Context:
    """Those of what is selected, else of what the view is about, else of everything."""
    about = view.sel or view.focus or view.app
    if about not in graph.boxes and about not in graph.apps:
        return {"most_used": facts.bars(facts.used_by(graph, shown(graph, view)), MOST_USED)}
    # Only asked for here, because it is long and the whole map does without.
    report = done.report | parts(done.scan, "migrations")
    if about in graph.boxes:
        return {"model": facts.model_facts(report, graph, graph.boxes[about])}
    return {"app": facts.app_facts(report, graph, graph.apps[about])}
