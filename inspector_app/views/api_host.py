"""What a page asks of the window around it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.errors import Problem
from inspector_app.host import get_host
from inspector_app.models import Workspace
from inspector_app.workspaces.places import file_in

from .api import api, body, run_or_404, workspace_or_404

LINE_MOST = 10_000_000


@api("POST")
def pick_folder(request: HttpRequest) -> HttpResponseBase:
    """Show the folder dialog; the answer arrives as an ``open`` or ``problem`` event."""
    body(request, ())
    get_host().pick_folder()
    return JsonResponse({}, status=202)


@api("POST")
def edit(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Show a line that a run's output names in the user's editor, if it is of the project."""
    run = run_or_404(run_id)
    return _edit(request, run.workspace, run.cwd)


@api("POST")
def edit_in(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same for a place that a report names."""
    workspace = workspace_or_404(slug)
    return _edit(request, workspace, workspace.root)


def _edit(request: HttpRequest, workspace: Workspace, folder: str) -> HttpResponseBase:
    data = body(request, ("path", "line"))
    path, line = data.get("path"), data.get("line", 1)
    if isinstance(line, bool) or not isinstance(line, int) or not 0 < line <= LINE_MOST:
        raise Problem("invalid_parameter", "line is a whole number from 1.", field="line")
    get_host().edit(file_in(workspace.root_path, path, folder), line)
    return JsonResponse({}, status=202)
