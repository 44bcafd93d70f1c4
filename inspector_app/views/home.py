"""Home: where a project is opened, and the ones that were."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest

from inspector_app.models import Scan, Workspace
from inspector_app.scans.counts import count

from .kept import Kept, kept
from .page import page

RECENT = 12


@page("inspector_app/home/page.html")
def home(request: HttpRequest) -> dict[str, Any]:
    data = kept()
    total = Workspace.objects.count()
    shown = total if "all" in request.GET else RECENT
    return {
        "recent": [
            _describe(one, data.get(one.pk, Kept())) for one in Workspace.objects.all()[:shown]
        ],
        "total": total,
        "more": total > shown,
    }


def _describe(workspace: Workspace, data: Kept) -> dict[str, Any]:
    missing = not workspace.root_path.is_dir()
    if missing:
        dot, state = "err", "Folder not found"
    elif data.active:
        dot, state = "run", f"{data.active} running"
    elif workspace.trusted:
        dot, state = "ok", "Trusted"
    else:
        dot, state = "hollow", "Not trusted"
    scan = workspace.scans.filter(state=Scan.State.DONE).values_list("pk", flat=True).first()
    return {
        "workspace": workspace,
        "missing": missing,
        "kept": data,
        "dot": dot,
        "state": state,
        "facts": _facts(scan) if scan is not None else "",
    }


@lru_cache(maxsize=4 * RECENT)
def _facts(scan_id: int) -> str:
    """The size of a project in words; a finished scan never changes, and its report is long."""
    report = Scan.objects.get(pk=scan_id).report
    counts = count(report)
    least = "" if report["apps_complete"] else "at least "
    return f"{least}{_amount(counts.apps, 'app')}, {_amount(counts.models, 'model')}"


def _amount(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
