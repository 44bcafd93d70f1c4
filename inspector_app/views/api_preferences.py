"""Theme and density over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.preferences import CHOICES, all_preferences, save

from .api import api, body


@api("GET", "POST")
def preferences(request: HttpRequest) -> HttpResponseBase:
    if request.method == "GET":
        return JsonResponse(all_preferences())
    return JsonResponse(save(body(request, tuple(CHOICES))))
