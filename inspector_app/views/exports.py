"""Exports as downloads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from inspector_app.errors import Problem
from inspector_app.exports import export
from inspector_app.models import Workspace

from .failures import problem_page


@require_safe
def report(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    try:
        result = export(get_object_or_404(Workspace, slug=slug), suffix)
    except Problem as problem:
        return problem_page(request, problem)
    return HttpResponse(
        result.data,
        content_type=result.media_type,
        headers={"Content-Disposition": f'attachment; filename="{result.name}"'},
    )
