"""The user's settings over HTTP; what they change is changed at once."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from inspector_app.preferences import LIMITS, PREFERENCES, all_preferences, save, tell_closing
from inspector_app.runs import retention
from inspector_app.runs.slots import limits_changed

from .api import api, body


@api("GET", "POST")
def preferences(request: HttpRequest) -> HttpResponseBase:
    if request.method == "GET":
        return JsonResponse(all_preferences())
    values = body(request, PREFERENCES)
    saved = save(values)
    if not LIMITS.keys().isdisjoint(values):
        retention.apply()
        limits_changed()
    if "closing" in values:
        tell_closing()
    return JsonResponse(saved)


@api("GET")
def diagnostics(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """What a report of a problem should say of this machine."""
    report: str = import_string(settings.DJDESK_DIAGNOSTICS)()
    return JsonResponse({"text": report})
