"""Runs over HTTP: ask for one, look at it, stop it, keep it."""

from __future__ import annotations

import logging
import re
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.announce import announce
from inspector_app.runs.cancel import cancel as cancel_run
from inspector_app.runs.create import create_run
from inspector_app.runs.serialize import run_json

from .api import api, body, run_or_404

SLUG = re.compile(r"[-\w]{1,80}\Z")
logger = logging.getLogger(__name__)

KEYS = ("workspace", "preset", "params", "timeout", "tier")


@api("POST")
def create(request: HttpRequest) -> HttpResponseBase:
    try:
        data = body(request, KEYS)
        workspace = _workspace(data.get("workspace"))
    except Problem as problem:
        logger.warning("refused a run: %s", problem)
        raise
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


@api("POST")
def keep(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Mark a run to be kept for good, or take that back."""
    kept = body(request, ("kept",)).get("kept")
    if not isinstance(kept, bool):
        raise Problem("invalid_parameter", "kept is true or false.", field="kept")
    run = run_or_404(run_id)
    WorkspaceTaskRun.objects.filter(pk=run.pk).update(kept=kept)
    announce(run.pk)
    return JsonResponse(run_json(run_or_404(run_id)))


def _workspace(slug: Any) -> Workspace:
    # What is no slug is not even looked up: the database refuses some strings.
    if isinstance(slug, str) and SLUG.match(slug):
        workspace = Workspace.objects.filter(slug=slug).first()
        if workspace is not None:
            return workspace
    raise Problem("not_found", "There is no such workspace.", field="workspace")
