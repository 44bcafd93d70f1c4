"""Pages for what went wrong: a sentence and a way on, never a traceback."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from inspector_app import storage
from inspector_app.errors import Problem

_INTERNAL = Problem(
    "internal",
    "DJDesk failed to show this page.",
    "Nothing in your project was changed. The engine's log has the details.",
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _answer(request, 400, Problem("bad_request", "The request could not be understood."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _answer(request, 403, Problem("forbidden", "This request was refused."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    problem = Problem(
        "csrf_failed",
        "The request did not come from a DJDesk page.",
        "Reload the page and try again.",
    )
    return _answer(request, 403, problem)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    problem = Problem(
        "not_found", "There is no such page.", "What it showed may be removed by now."
    )
    return _answer(request, 404, problem)


def server_error(request: HttpRequest) -> HttpResponse:
    problem, status = storage.problem_of(sys.exception()), 507
    if problem is None:
        problem, status = _INTERNAL, 500
    if request.path.startswith("/api/"):
        return _answer(request, status, problem)
    # Without the page's context: whatever failed may be in there.
    return HttpResponse(render_to_string("failure.html", problem.as_dict()), status=status)


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """What a page could not be made for."""
    return render(request, "failure.html", problem.as_dict(), status=422)


def _answer(request: HttpRequest, status: int, problem: Problem) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": problem.as_dict()}, status=status)
    return render(request, "failure.html", problem.as_dict(), status=status)
