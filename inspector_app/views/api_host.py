"""What a page asks of the window around it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.host import get_host

from .api import api, body


@api("POST")
def pick_folder(request: HttpRequest) -> HttpResponseBase:
    """Show the folder dialog; the answer arrives as an ``open`` or ``problem`` event."""
    body(request, ())
    get_host().pick_folder()
    return JsonResponse({}, status=202)
