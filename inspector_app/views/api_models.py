"""What the Models page asks for: places of boxes, a search, and a line in the editor."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.scans.newest import newest
from inspector_app.schema import layouts
from inspector_app.schema.model_graph import read_graph
from inspector_app.schema.search import search
from inspector_app.schema.view import View

from .api import api, body, workspace_or_404


@api("POST")
def places(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Keep where boxes of one view were moved to; none of them forgets it."""
    workspace = workspace_or_404(slug)
    data = body(request, ("key", "moved"))
    layouts.keep(workspace, data.get("key"), data.get("moved"))
    return JsonResponse({})


@api("GET")
def find(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Apps, models and fields that match ``q``, each with the view that shows it."""
    done = newest(workspace_or_404(slug), "apps", "relations")
    if done is None:
        raise Http404
    graph = read_graph(done.report)
    view, _ = View.of(request.GET.dict()).known(graph)
    return JsonResponse({"found": search(graph, view, request.GET.get("q", ""))})
