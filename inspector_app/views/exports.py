"""Exports as downloads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from inspector_app.exports import export
from inspector_app.models import Workspace


def notebook(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    result = export(get_object_or_404(Workspace, slug=slug), "ipynb")
    return HttpResponse(
        result.data,
        content_type=result.media_type,
        headers={"Content-Disposition": f'attachment; filename="{result.name}"'},
    )
