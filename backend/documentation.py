"""The documentation that ships with DJDesk."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from django.views.static import serve

from backend import paths

# Long enough for turning pages, short enough for an update that is served from the same port.
_CACHING = "max-age=300" if paths.FROZEN else "no-cache"


@require_safe
def docs(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page of the documentation, built by ``make docs``."""
    if not paths.DOCS_DIR.is_dir():
        message = "The documentation was not built."
        page = {"message": message, "hint": "Run “make docs” in the checkout."}
        return HttpResponse(render_to_string("failure.html", page), status=404)
    if not path or path.endswith("/"):
        path += "index.html"
    if "\0" in path:
        raise Http404(path)
    response = serve(request, path, document_root=str(paths.DOCS_DIR))
    response.headers["Cache-Control"] = _CACHING
    return response
