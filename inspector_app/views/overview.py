"""What the Overview shows, taken from the newest scan."""

from __future__ import annotations

from collections import Counter
from typing import Any

from inspector_app.models import Scan, Workspace
from inspector_app.scans.counts import count, declared
from inspector_app.workspaces.opening import interpreter_of

UNKNOWN_UNTRUSTED = (
    "System checks",
    "Which migrations are applied",
    "URL patterns and view names",
    "Effective settings values",
    "Models that are made at run time",
)


def overview_context(workspace: Workspace) -> dict[str, Any]:
    latest = workspace.scans.first()
    done = workspace.scans.filter(state=Scan.State.DONE).first()
    report = done.report if done is not None else {}
    apps = report.get("apps", [])
    own = [app for app in apps if app["path"] is not None]
    migrations = report.get("migrations", {}).get("apps", {})
    conflicts = {entry["app"] for entry in report.get("migrations", {}).get("conflicts", [])}
    findings = report.get("findings", [])
    return {
        "scanning": latest is not None and latest.state in (Scan.State.QUEUED, Scan.State.RUNNING),
        "scan_problem": latest.problem if latest is not None else None,
        "done": done,
        "report": report,
        "own_apps": [
            {
                **app,
                "model_count": len(declared(app)),
                "migration_count": len(migrations.get(app["label"], [])),
                "conflict": app["label"] in conflicts,
            }
            for app in own
        ],
        "counts": count(report) if report else None,
        "conflict_total": len(conflicts),
        "checks": report.get("checks", {}).get("default"),
        "findings": findings,
        "severities": Counter(finding["severity"] for finding in findings),
        "unknown": UNKNOWN_UNTRUSTED,
        "choice": interpreter_of(workspace) if workspace.root_path.is_dir() else None,
    }
