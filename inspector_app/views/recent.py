"""The projects that Home lists, each with what is known of it without opening it."""

from __future__ import annotations

from typing import Any

from inspector_app.models import Scan, Workspace


def recent_workspaces(limit: int = 12) -> list[dict[str, Any]]:
    return [_describe(workspace) for workspace in Workspace.objects.all()[:limit]]


def _describe(workspace: Workspace) -> dict[str, Any]:
    missing = not workspace.root_path.is_dir()
    if missing:
        dot, state = "err", "Folder not found"
    elif workspace.trusted:
        dot, state = "ok", "Trusted"
    else:
        dot, state = "hollow", "Not trusted"
    scan = workspace.scans.filter(state=Scan.State.DONE).first()
    facts = ""
    if scan is not None:
        apps = scan.report.get("apps", [])
        models = sum(len(app["models"]) for app in apps)
        facts = f"{len(apps)} apps, {models} models"
    return {
        "workspace": workspace,
        "missing": missing,
        "dot": dot,
        "state": state,
        "facts": facts,
    }
