"""Showing a line in the user's editor."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.editor.opening import open_line

from .api import api, body, workspace_or_404


@api("POST")
def edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """``{path, line}``: a file of the project, or of what it imports, as output names it."""
    data = body(request, ("path", "line"))
    workspace = workspace_or_404(slug)
    title = open_line(workspace, data.get("path"), data.get("line", 1))
    return JsonResponse({"editor": title}, status=202)
