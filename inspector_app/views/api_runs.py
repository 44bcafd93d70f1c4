"""Runs over HTTP: ask for one, look at it, stop it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.runs.cancel import cancel as cancel_run
from inspector_app.runs.create import create_run
from inspector_app.runs.serialize import run_json

from .api import api, body, run_or_404

KEYS = ("workspace", "preset", "params", "timeout", "tier")


@api("POST")
def create(request: HttpRequest) -> HttpResponseBase:
    data = body(request, KEYS)
    workspace = Workspace.objects.filter(slug=str(data.get("workspace", ""))).first()
    if workspace is None:
        raise Problem("not_found", "There is no such workspace.", field="workspace")
    run = create_run(
        workspace,
        data.get("preset"),
        data.get("params", {}),
        timeout=data.get("timeout"),
        tier=data.get("tier"),
    )
    return JsonResponse(run_json(run), status=201)


@api("GET")
def detail(request: HttpRequest, run_id: int) -> HttpResponseBase:  # noqa: ARG001
    return JsonResponse(run_json(run_or_404(run_id)))


@api("POST")
def cancel(request: HttpRequest, run_id: int) -> HttpResponseBase:
    body(request, ())
    return JsonResponse(run_json(cancel_run(run_or_404(run_id))))
