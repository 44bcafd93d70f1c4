"""What DJDesk keeps of each project, and what it may do with it: for Home and Preferences."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from inspector_app.commands import registry
from inspector_app.commands.own import consent
from inspector_app.errors import Problem
from inspector_app.models import Scan, Workspace, WorkspaceTaskRun


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


@dataclass(frozen=True)
class OwnCommand:
    """A command that the user has allowed, or that the project offers; ``withdraw`` is a body."""

    name: str
    state: consent.State
    withdraw: str = ""


@dataclass(frozen=True)
class Project:
    """A project as Preferences lists it; ``own_problem`` is what is wrong with its djdesk.toml."""

    workspace: Workspace
    kept: Kept
    missing: bool
    network_body: str
    own: list[OwnCommand]
    own_problem: str = ""


def projects(first: Workspace | None) -> list[Project]:
    """All of them, ``first`` at the top and the newest opened next."""
    data = kept()
    found = list(Workspace.objects.prefetch_related("consents"))
    found.sort(key=lambda one: one != first)
    return [_describe(workspace, data.get(workspace.pk, Kept())) for workspace in found]


def _describe(workspace: Workspace, data: Kept) -> Project:
    missing = not workspace.root_path.is_dir()
    problem, offered = "", []
    try:
        offered = [] if missing else registry.own(workspace)
    except Problem as found:
        problem = found.message
    states = {preset.name: consent.state(workspace, preset) for preset in offered}
    # What was allowed stays allowed while the file is gone or broken.
    gone = [one.command for one in workspace.consents.all() if one.command not in states]
    names: dict[str, consent.State] = {**states, **dict.fromkeys(gone, "given")}
    return Project(
        workspace=workspace,
        kept=data,
        missing=missing,
        network_body=json.dumps({"network": not workspace.network}),
        own=[_own(name, state) for name, state in names.items()],
        own_problem=problem,
    )


def _own(name: str, state: consent.State) -> OwnCommand:
    if state == "missing":
        return OwnCommand(name, state)
    return OwnCommand(name, state, json.dumps({"preset": name, "digest": None}))
