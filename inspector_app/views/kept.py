"""How much DJDesk keeps of each project."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from inspector_app.models import Scan, WorkspaceTaskRun


@dataclass(frozen=True)
class Kept:
    """What would be gone if the project were removed; ``active`` commands forbid it."""

    scans: int = 0
    runs: int = 0
    size: int = 0
    active: int = 0


def kept() -> dict[int, Kept]:
    """By the project's key; one without scans and runs is not in it."""
    scans = dict(Scan.objects.order_by().values_list("workspace").annotate(Count("pk")))
    rows = (
        WorkspaceTaskRun.objects.order_by()
        .values_list("workspace")
        .annotate(
            Count("pk"),
            Sum("bytes"),
            under_way=Count("pk", filter=Q(status__in=WorkspaceTaskRun.ACTIVE)),
        )
    )
    found = {key: Kept(total) for key, total in scans.items()}
    for key, runs, size, under_way in rows:
        found[key] = Kept(scans.get(key, 0), runs, size or 0, under_way)
    return found
