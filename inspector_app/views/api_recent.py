"""What was chosen in the palette."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.recent import FIELDS, remember

from .api import api, body


@api("POST")
def recent(request: HttpRequest) -> HttpResponseBase:
    remember(body(request, FIELDS))
    return JsonResponse({})
