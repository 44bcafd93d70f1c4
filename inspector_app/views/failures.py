"""Pages for what went wrong: a sentence and a way on, never a traceback."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from inspector_app.errors import Problem


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _answer(request, 400, "bad_request", "The request could not be understood.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _answer(request, 403, "forbidden", "This request was refused.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return _answer(
        request, 403, "csrf_failed", "The request did not come from a DJDesk page.", "Reload it."
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _answer(request, 404, "not_found", "There is no such page.", "It may have been removed.")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(
        request,
        500,
        "internal",
        "DJDesk failed to show this page.",
        "The engine's log has the details.",
    )


def _answer(
    request: HttpRequest, status: int, code: str, message: str, hint: str = ""
) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": Problem(code, message, hint).as_dict()}, status=status)
    return render(request, "failure.html", {"message": message, "hint": hint}, status=status)
