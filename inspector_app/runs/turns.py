"""The limits on commands that run at once, and what they mean for one that waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from inspector_app.models import WorkspaceTaskRun
from inspector_app.preferences import all_preferences

Status = WorkspaceTaskRun.Status


@dataclass(frozen=True)
class Turn:
    """The place of a queued run in the line it waits in, and the sentence that says for what."""

    position: int
    reason: str


def turn(run: WorkspaceTaskRun) -> Turn | None:
    """When a queued run starts; None when it does not wait."""
    return turns().get(run.pk) if run.status == Status.QUEUED else None


def turns() -> dict[int, Turn]:
    """The same for every run that waits, by its key."""
    limits = Limits()
    found: dict[int, Turn] = {}
    ahead: Counter[int] = Counter()
    for pk, workspace in queued_runs():
        found[pk] = _turn(limits, ahead, workspace)
        ahead[workspace] += 1
    return found


def _turn(limits: Limits, ahead: Counter[int], here: int) -> Turn:
    if limits.room_of(here) <= 0 and limits.room > 0:
        most = limits.each
        return Turn(
            ahead[here] + 1,
            f"{most} of this project {'runs' if most == 1 else 'run'} already, which is its limit.",
        )
    # Those that wait for their own project do not stand in the way.
    before = sum(
        count if workspace == here else min(count, max(limits.room_of(workspace), 0))
        for workspace, count in ahead.items()
    )
    if limits.room > 0:
        return Turn(before + 1, "It starts at once.")
    most = limits.overall
    return Turn(
        before + 1,
        f"{most} {'command runs' if most == 1 else 'commands run'} already, which is the limit.",
    )


class Limits:
    """How many may run, and how many do."""

    def __init__(self) -> None:
        chosen = all_preferences()
        self.overall: int = chosen["parallel"]
        self.each: int = chosen["parallel_workspace"]
        self._running = Counter(
            WorkspaceTaskRun.objects.filter(
                status__in=(Status.RUNNING, Status.CANCELLING)
            ).values_list("workspace_id", flat=True)
        )
        self.room = self.overall - self._running.total()

    def room_of(self, workspace: int) -> int:
        return self.each - self._running[workspace]

    def allow(self, workspace: int) -> bool:
        return self.room > 0 and self.room_of(workspace) > 0


def queued_runs(among: set[int] | None = None) -> list[tuple[int, int]]:
    queued = WorkspaceTaskRun.objects.filter(status=Status.QUEUED)
    if among is not None:
        queued = queued.filter(pk__in=among)
    return list(queued.order_by("pk").values_list("pk", "workspace_id"))
