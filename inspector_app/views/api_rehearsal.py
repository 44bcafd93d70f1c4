"""What a rehearsed command would have changed, over HTTP: as facts, and as a patch to keep."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun
from inspector_app.rehearsals.patch_title import patch_title
from inspector_app.rehearsals.result import Result, load

from .api import api, run_or_404


@api("GET")
def facts(request: HttpRequest, run_id: int) -> HttpResponseBase:  # noqa: ARG001
    return JsonResponse(_result(run_or_404(run_id)).facts)


@api("GET")
def patch(request: HttpRequest, run_id: int) -> HttpResponseBase:  # noqa: ARG001
    """For ``git apply``; what it cannot hold is named on top of it."""
    run = run_or_404(run_id)
    name = f"{run.workspace.slug}-{run.number}-{run.preset}.patch"
    return StreamingHttpResponse(
        _result(run).patch(patch_title(run)),
        content_type="text/x-patch; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _result(run: WorkspaceTaskRun) -> Result:
    found = load(run.folder) if run.rehearsal is not None else None
    if found is None:
        raise Problem("not_found", f"Run #{run.number} has no result of a rehearsal.")
    return found
