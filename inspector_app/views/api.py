"""What every API view shares: JSON in, JSON out, and one shape for everything that goes wrong."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404 as _get_or_404

from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun

BODY_LIMIT = 64 * 1024

# Problems that are not about the request's content.
STATUS_OF = {
    "not_found": 404,
    "method_not_allowed": 405,
    "no_window": 409,
    "no_editor": 409,
    "not_missing": 409,
    "already_open": 409,
    "run_ended": 409,
    "scan_ended": 409,
    "runs_active": 409,
    "queue_full": 429,
    "queue_unavailable": 503,
    "not_trusted": 403,
    "not_allowed_yet": 403,
    "definition_changed": 409,
    "offer_changed": 409,
    "build_active": 409,
    "no_offer": 409,
    "closing": 503,
}

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def api(*methods: str) -> Callable[[View[P]], View[P]]:
    """Allow ``methods`` only, and answer every Problem as ``{"error": …}``."""

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                _require_method(request, methods)
                return view(request, *args, **kwargs)
            except Http404:
                return problem_response(Problem("not_found", "There is no such thing."))
            except Problem as problem:
                return problem_response(problem)

        return wrapped

    return decorate


def _require_method(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if request.method not in methods:
        raise Problem(
            "method_not_allowed",
            f"{request.method} is not possible here.",
            f"Allowed: {', '.join(methods)}.",
        )


def problem_response(problem: Problem) -> HttpResponse:
    status = STATUS_OF.get(problem.code, 422)
    return JsonResponse({"error": problem.as_dict()}, status=status)


def body(request: HttpRequest, allowed: Iterable[str]) -> dict[str, Any]:
    """The JSON object sent; keys that are not ``allowed`` are refused, not ignored."""
    if len(request.body) > BODY_LIMIT:
        raise Problem("bad_request", "The request is too large.")
    try:
        data = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise Problem("bad_request", "The request's body is not JSON.") from None
    if not isinstance(data, dict):
        raise Problem("bad_request", "The request's body is not a JSON object.")
    for key in data:
        if key not in set(allowed):
            raise Problem(
                "unknown_key",
                f"The request holds the unknown key {key[:60]!r}.",
                f"Known: {', '.join(allowed)}.",
                field=key[:60],
            )
    return data


def only(request: HttpRequest, allowed: tuple[str, ...]) -> None:
    """Refuse a query with a parameter that is not ``allowed``."""
    for name in request.GET:
        if name not in allowed:
            known = f"Known: {', '.join(allowed)}." if allowed else "This takes no parameter."
            raise Problem(
                "unknown_key",
                f"The request asks for the unknown {name[:60]!r}.",
                known,
                field=name[:60],
            )


def number(request: HttpRequest, name: str, default: int, *, least: int) -> int:
    """The whole number that the query has as ``name``; ``default`` where it has none."""
    raw = request.GET.get(name, "")
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or len(raw) > 12 or int(raw) < least:
        raise Problem("invalid_parameter", f"{name} is a whole number from {least}.", field=name)
    return int(raw)


def workspace_or_404(slug: str) -> Workspace:
    return _get_or_404(Workspace, slug=slug)


def run_or_404(run_id: int) -> WorkspaceTaskRun:
    return _get_or_404(WorkspaceTaskRun.objects.select_related("workspace"), pk=run_id)
