"""How much is going on, said whenever it changes: for the status bar and the tray."""

from __future__ import annotations

from collections import Counter
from typing import Any

from inspector_app.events import bus
from inspector_app.models import WorkspaceTaskRun

Status = WorkspaceTaskRun.Status
BAD = (Status.FAILED, Status.TIMED_OUT, Status.OUTPUT_LIMIT, Status.LOST)


def activity() -> dict[str, Any]:
    """Counts over all workspaces, whether the newest run went wrong, and one line of text."""
    active = WorkspaceTaskRun.objects.filter(status__in=WorkspaceTaskRun.ACTIVE)
    states = Counter(active.order_by().values_list("status", flat=True))
    queued = states.pop(Status.QUEUED, 0)
    running = states.total()
    last = (
        WorkspaceTaskRun.objects.exclude(status__in=WorkspaceTaskRun.ACTIVE)
        .only("preset", "status", "exit_code")
        .first()
    )
    return {
        "running": running,
        "queued": queued,
        "attention": last is not None and last.status in BAD,
        "text": _text(running, queued, last),
    }


def publish() -> None:
    bus.publish("activity", activity())


def _text(running: int, queued: int, last: WorkspaceTaskRun | None) -> str:
    if running or queued:
        waiting = f", {queued} queued" if queued else ""
        return f"{running} running{waiting}"
    if last is None:
        return "Ready"
    ended = (
        f"exit {last.exit_code}"
        if last.exit_code is not None
        else str(last.status).replace("_", " ")
    )
    return f"Ready, last: {last.preset}, {ended}"
