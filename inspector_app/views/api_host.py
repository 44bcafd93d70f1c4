"""What a page asks of the window around it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.errors import Problem
from inspector_app.host import get_host

from .api import api, body, workspace_or_404


@api("POST")
def pick_folder(request: HttpRequest) -> HttpResponseBase:
    """Show the folder dialog; the answer arrives as an ``open`` or ``problem`` event.

    ``{"locate": slug}`` asks where the folder of that project is now.
    """
    slug = body(request, ("locate",)).get("locate")
    get_host().pick_folder(locate=workspace_or_404(str(slug)).slug if slug is not None else None)
    return JsonResponse({}, status=202)


@api("POST")
def reveal(request: HttpRequest) -> HttpResponseBase:
    """Show one of DJDesk's own directories, ``{"directory": "data" | "logs"}``."""
    path = settings.DJDESK_DIRECTORIES.get(str(body(request, ("directory",)).get("directory")))
    if path is None:
        raise Problem(
            "invalid_parameter",
            "There is no such directory.",
            "Known: data, logs.",
            field="directory",
        )
    get_host().reveal(path)
    return JsonResponse({}, status=202)
