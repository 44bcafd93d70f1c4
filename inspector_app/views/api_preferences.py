"""Theme, density and the limits of runs over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.preferences import CHOICES, NUMBERS, all_preferences, save
from inspector_app.runs import retention
from inspector_app.runs.slots import limits_changed

from .api import api, body


@api("GET", "POST")
def preferences(request: HttpRequest) -> HttpResponseBase:
    if request.method == "GET":
        return JsonResponse(all_preferences())
    values = body(request, (*CHOICES, *NUMBERS))
    saved = save(values)
    if not NUMBERS.keys().isdisjoint(values):
        retention.apply()
        limits_changed()
    return JsonResponse(saved)
