"""Whether the files of a project are still what the newest scan read.

Asked when somebody looks: a page opens, its window gets the focus, the pointer comes in. Nothing
watches in between (docs/decisions/noticing-changes.md). The answer is kept here, so that pages can
show it without looking at the disk, and told when it has changed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from inspector_app.events import bus
from inspector_app.models import Scan, Workspace
from inspector_app.preferences import all_preferences

from .files import Files, differing, look
from .history import finished
from .requests import request_scan

NAMED = 20


@dataclass(frozen=True)
class Stale:
    """What differs from scan ``scan_id``; ``total`` is None where there is too much to look at."""

    scan_id: int
    total: int | None
    files: tuple[tuple[str, str], ...] = ()


_known: dict[int, Stale] = {}
# One look at a time: several pages would only make each other slow.
_looking = threading.Lock()


def known(workspace: Workspace) -> Stale | None:
    """The last answer, if files had changed and no newer scan has read them since."""
    found = _known.get(workspace.pk)
    if found is None or not found.total:
        return None
    newest = workspace.newest_reading
    return found if newest is not None and found.scan_id == newest.pk else None


def check(workspace: Workspace) -> Stale | None:
    """Look at the disk; None before the first scan has ended.

    When files have changed and the user wants that, a scan is requested.
    """
    with _looking:
        newest = finished(workspace).values_list("pk", "files").first()
        if newest is None:
            return None
        scan_id, files = newest
        before = _known.get(workspace.pk)
        stale = _compare(workspace, scan_id, files)
        _known[workspace.pk] = stale
    if stale != (before or Stale(scan_id, 0)):
        bus.publish("workspace", {"slug": workspace.slug})
    if stale.total and all_preferences()["rescan"] == "automatic" and not _scanning(workspace):
        request_scan(workspace)
    return stale


def changed_since(scan: Scan) -> list[tuple[str, str]] | None:
    """The files that are not as ``scan`` read them; None where there is too much to look at."""
    return _differing(scan.workspace, scan.files)


def _compare(workspace: Workspace, scan_id: int, files: Files | None) -> Stale:
    changed = _differing(workspace, files)
    if changed is None:
        return Stale(scan_id, None)
    return Stale(scan_id, len(changed), tuple(changed[:NAMED]))


def _differing(workspace: Workspace, files: Files | None) -> list[tuple[str, str]] | None:
    now = look(workspace.root_path) if files is not None else None
    return sorted(differing(files, now)) if files is not None and now is not None else None


def _scanning(workspace: Workspace) -> bool:
    return bool(workspace.scans.filter(state__in=Scan.ACTIVE).exists())
