"""How many runs stay, and how much of the disk they may take.

The oldest go first, and the newest of each project stays in any case. Runs that are active or
marked to be kept are never removed, and do not count.
"""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import F

from inspector_app.events import bus
from inspector_app.models import WorkspaceTaskRun
from inspector_app.preferences import all_preferences

MB = 1_000_000

logger = logging.getLogger(__name__)


@dataclass
class _Room:
    """What may still stay; once a run does not fit, no older one does."""

    runs: int
    size: int

    def fits(self, size: int) -> bool:
        if self.runs <= 0 or size > self.size:
            self.runs = 0
        return self.runs > 0

    def take(self, size: int) -> None:
        self.runs -= 1
        self.size -= size


def apply(*, spare: int | None = None) -> list[int]:
    """Remove what is beyond the limits; returns the ids of the runs that are gone.

    ``spare`` is a run that somebody is about to read, so it stays for now.
    """
    limits = all_preferences()
    overall = _Room(limits["keep_runs_total"], limits["keep_mb_total"] * MB)
    rooms: dict[int, _Room] = {}
    removed = []
    ended = WorkspaceTaskRun.objects.exclude(status__in=WorkspaceTaskRun.ACTIVE).filter(kept=False)
    sizes = ended.annotate(size=F("bytes") + F("rehearsal_bytes")).order_by("-pk")
    for pk, workspace, size in sizes.values_list("pk", "workspace_id", "size"):
        newest = workspace not in rooms
        room = rooms.setdefault(workspace, _Room(limits["keep_runs"], limits["keep_mb"] * MB))
        # Both are asked: each of them remembers what did not fit.
        if all([room.fits(size), overall.fits(size)]) or newest:
            room.take(size)
            overall.take(size)
        elif pk != spare and _remove(pk):
            removed.append(pk)
    if removed:
        logger.info("removed %d runs beyond the limits", len(removed))
        # Pages that list runs read them anew.
        bus.publish("workspace", {})
    return removed


def _remove(pk: int) -> bool:
    """The row goes first: a folder without a row is swept at the next start, never the reverse."""
    gone, _ = (
        WorkspaceTaskRun.objects.exclude(status__in=WorkspaceTaskRun.ACTIVE)
        .filter(pk=pk, kept=False)
        .delete()
    )
    if gone:
        shutil.rmtree(_folder(pk), ignore_errors=True)
    return bool(gone)


def sweep() -> None:
    """Remove the folders of runs that have no row: what a crash left between the two."""
    folder = Path(settings.DJDESK_RUNS_DIR)
    if not folder.is_dir():
        return
    found = {int(path.name): path for path in folder.iterdir() if path.name.isdecimal()}
    known = set(WorkspaceTaskRun.objects.values_list("pk", flat=True))
    for pk in found.keys() - known:
        logger.info("removing the folder of run %d, which has no row", pk)
        shutil.rmtree(found[pk], ignore_errors=True)


def _folder(pk: int) -> Path:
    return WorkspaceTaskRun(pk=pk).folder
