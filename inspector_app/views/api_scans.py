"""Scans over HTTP: those that are kept, one with its report, what differs, cancel, search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from inspector_app.errors import Problem
from inspector_app.models import Scan
from inspector_app.scans import progress, staleness
from inspector_app.scans.history import before
from inspector_app.scans.requests import cancel_scan

from .api import api, body, number, only, workspace_or_404

QUERY_LIMIT = 200


@api("GET")
def collection(request: HttpRequest, slug: str) -> HttpResponseBase:
    only(request, ())
    rows = workspace_or_404(slug).scans.defer(*Scan.LONG)
    return JsonResponse({"scans": [scan_json(row) for row in rows]})


@api("GET")
def detail(request: HttpRequest, scan_id: int) -> HttpResponseBase:
    """A scan with its whole report, which is null while there is none."""
    only(request, ())
    row = _scan(scan_id)
    return JsonResponse(scan_json(row) | {"report": row.report or None})


@api("GET")
def difference(request: HttpRequest, scan_id: int) -> HttpResponseBase:
    """What differs from scan ``with``, or from the finished one before."""
    from inspector_app.scans.difference.compare import compare

    only(request, ("with",))
    row = _scan(scan_id)
    other = number(request, "with", 0, least=1)
    old = get_object_or_404(row.workspace.scans, pk=other) if other else before(row)
    if old is None or not old.report or not row.report:
        raise Problem("not_found", "There is no other report to compare with.")
    return JsonResponse(compare(old.report, row.report))


@api("POST")
def cancel(request: HttpRequest, scan_id: int) -> HttpResponseBase:
    body(request, ())
    row = _scan(scan_id)
    cancel_scan(row)
    row.refresh_from_db(fields=["state", "finished_at"])
    return JsonResponse(scan_json(row), status=202)


@api("POST")
def changes(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Look whether source files differ from what the newest scan read."""
    body(request, ())
    stale = staleness.check(workspace_or_404(slug))
    if stale is None:
        return JsonResponse({"scan": None, "total": None, "files": []})
    files = [{"path": path, "change": change} for path, change in stale.files]
    return JsonResponse({"scan": stale.scan_id, "total": stale.total, "files": files})


@api("GET")
def search(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the words of ``q`` are the beginnings of, best first, at most ``limit``."""
    from inspector_app.scans.search.query import MOST
    from inspector_app.scans.search.query import search as search_index

    only(request, ("q", "limit"))
    workspace = workspace_or_404(slug)
    query = request.GET.get("q", "")[:QUERY_LIMIT]
    limit = min(number(request, "limit", 20, least=0), MOST)
    return JsonResponse(
        {"results": [one.as_dict() for one in search_index(workspace, query, limit)]}
    )


def scan_json(scan: Scan) -> dict[str, Any]:
    running = progress.of(scan)
    return {
        "id": scan.pk,
        "state": str(scan.state),
        "source": str(scan.source),
        "created_at": scan.created_at.isoformat(),
        "finished_at": scan.finished_at.isoformat() if scan.finished_at else None,
        "seconds": scan.seconds,
        "problem": scan.problem,
        "summary": scan.summary,
        "progress": running.as_dict() if running is not None else None,
    }


def _scan(scan_id: int) -> Scan:
    return get_object_or_404(Scan.objects.select_related("workspace").defer("files"), pk=scan_id)
