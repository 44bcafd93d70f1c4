"""Asking for a scan, and no longer wanting it."""

from __future__ import annotations

from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Scan, Workspace

from . import progress


def request_scan(workspace: Workspace) -> Scan:
    """Queue a scan; one that waits already will read what is there then, so it is enough."""
    from inspector_app.tasks import execute_scan

    waiting = workspace.scans.filter(state=Scan.State.QUEUED).defer(*Scan.LONG).first()
    if waiting is not None:
        return waiting
    row = Scan.objects.create(workspace=workspace)
    bus.publish("workspace", {"slug": workspace.slug})
    execute_scan(row.pk)
    return row


def cancel_scan(scan: Scan) -> None:
    """End a scan that waits at once, one that runs before its next section.

    Raises:
        Problem: ``scan_ended`` when there is nothing left to stop.
    """
    waited = Scan.objects.filter(pk=scan.pk, state=Scan.State.QUEUED).update(
        state=Scan.State.CANCELLED, finished_at=timezone.now()
    )
    running = progress.of(scan)
    if running is not None:
        running.cancel()
    elif not waited:
        raise Problem("scan_ended", "This scan has already ended.")
    bus.publish("workspace", {"slug": scan.workspace.slug})
