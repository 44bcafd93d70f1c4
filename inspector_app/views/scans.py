"""Scans: those that are kept, an older one as the Overview showed it, and two side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from inspector_app.models import Scan, Workspace
from inspector_app.scans.difference.entries import NOUNS
from inspector_app.scans.difference.words import PROSE, change_words, summary
from inspector_app.scans.history import before, finished

from .overview import of_scan
from .page import workspace_page


@workspace_page("inspector_app/scans/page.html")
def scans(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:  # noqa: ARG001
    rows = list(workspace.scans.defer("files"))
    # The oldest one kept was compared with one that is gone.
    done = [row for row in rows if row.state == Scan.State.DONE]
    return {
        "scans": [
            {
                "scan": row,
                "changed": _changed(row),
                "comparable": row.state == Scan.State.DONE and row != done[-1],
            }
            for row in rows
        ],
    }


def _changed(row: Scan) -> str:
    if row.state != Scan.State.DONE:
        return ""
    return "first scan" if row.difference is None else summary(row.difference)


@workspace_page("inspector_app/overview/page.html")
def older_scan(request: HttpRequest, workspace: Workspace, scan_id: int) -> dict[str, Any]:  # noqa: ARG001
    """The Overview as it was; the newest scan has this address as well."""
    done = get_object_or_404(finished(workspace).defer("files"), pk=scan_id)
    newest = finished(workspace).values_list("pk", flat=True).first()
    return {**of_scan(done), "kept_scan": done, "older": done.pk != newest, "newest_scan": newest}


@workspace_page("inspector_app/scans/compare.html")
def compare_scans(request: HttpRequest, workspace: Workspace, scan_id: int) -> dict[str, Any]:
    """Scan ``scan_id`` beside scan ``with``, or beside the finished one before it."""
    after = get_object_or_404(finished(workspace).defer("files"), pk=scan_id)
    old = _other(request.GET.get("with", ""), workspace, after)
    if old.pk > after.pk:
        old, after = after, old
    from inspector_app.scans.difference.compare import LISTED, compare

    found = compare(old.report, after.report)
    return {
        "before": old,
        "after": after,
        "difference": found,
        "summary": summary(found),
        "kinds": [_described(kind) for kind in found["kinds"]],
        "not_compared": [
            {"noun": f"{NOUNS[one['kind']]}s", "why": one["why"]} for one in found["not_compared"]
        ],
        "listed": LISTED,
        "others": finished(workspace).exclude(pk=after.pk).defer(*Scan.LONG),
    }


def _other(text: str, workspace: Workspace, after: Scan) -> Scan:
    if text.isascii() and text.isdigit() and len(text) < 12:
        return get_object_or_404(finished(workspace).defer("files"), pk=int(text))
    old = before(after)
    if old is None:
        raise Http404
    return old


def _described(kind: dict[str, Any]) -> dict[str, Any]:
    """One kind as rows: sign, name, place, what changed."""
    rows = [
        {
            "way": way,
            "entry": entry,
            "changes": [change_words(change) for change in entry.get("changes", [])],
        }
        for way in ("added", "removed", "changed")
        for entry in kind[way]
    ]
    total = sum(kind["totals"].values())
    plural = f"{NOUNS[kind['kind']]}s"
    return {
        "name": kind["kind"],
        "prose": kind["kind"] in PROSE,
        "title": plural[0].upper() + plural[1:],
        "totals": kind["totals"],
        "rows": rows,
        "more": total - len(rows),
    }
