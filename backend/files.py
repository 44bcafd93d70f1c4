"""Files that ship with DJDesk: the page's assets and the documentation."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from django.views.static import serve

from backend import paths

# The system's own table may be missing or wrong (Windows), and a page refuses a script of another
# type.
for _type, _suffix in (
    ("text/javascript", ".js"),
    ("text/javascript", ".mjs"),
    ("text/css", ".css"),
    ("image/svg+xml", ".svg"),
    ("font/woff2", ".woff2"),
    ("application/json", ".json"),
):
    mimetypes.add_type(_type, _suffix)

# Long enough for turning pages, short enough for an update that is served from the same port.
_CACHING = "max-age=300" if paths.FROZEN else "no-cache"


@require_safe
def static(request: HttpRequest, path: str) -> HttpResponseBase:
    """An asset: from the collected folder when frozen, else from where it is written."""
    if paths.FROZEN:
        return _file(request, path, paths.STATIC_DIR)
    found = None if "\0" in path else finders.find(path)
    if not isinstance(found, str):
        raise Http404(path)
    return _file(request, Path(found).name, Path(found).parent)


@require_safe
def docs(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page of the documentation, built by ``make docs``."""
    if not paths.DOCS_DIR.is_dir():
        message = "The documentation was not built."
        page = {"message": message, "hint": "Run “make docs” in the checkout."}
        return HttpResponse(render_to_string("failure.html", page), status=404)
    if not path or path.endswith("/"):
        path += "index.html"
    return _file(request, path, paths.DOCS_DIR)


def _file(request: HttpRequest, path: str, root: Path) -> HttpResponseBase:
    if "\0" in path:
        raise Http404(path)
    response = serve(request, path, document_root=str(root))
    response.headers["Cache-Control"] = _CACHING
    return response
