"""Home: where a project is opened, and the ones that were."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from inspector_app.models import Workspace
from inspector_app.scans.totals import Totals, totals

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
    found = totals(workspace)
    return {
        "workspace": workspace,
        "missing": missing,
        "kept": data,
        "dot": dot,
        "state": state,
        "facts": _facts(found) if found is not None else "",
    }


def _facts(found: Totals) -> str:
    """The size of a project in words."""
    least = "" if found.complete else "at least "
    return f"{least}{_amount(len(found.own), 'app')}, {_amount(found.models, 'model')}"


def _amount(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
