"""Files that ship with DJDesk: the page's assets and the documentation."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

from backend import paths


def static(request: HttpRequest, path: str) -> HttpResponseBase:
    """An asset: from the collected folder when frozen, else from where it is written."""
    if paths.FROZEN:
        return serve(request, path, document_root=str(paths.STATIC_DIR))
    found = finders.find(path)
    if not isinstance(found, str):
        raise Http404(path)
    return serve(request, Path(found).name, document_root=str(Path(found).parent))


def docs(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page of the documentation, built by ``make docs``."""
    if not path or path.endswith("/"):
        path += "index.html"
    return serve(request, path, document_root=str(paths.DOCS_DIR))
