"""What DJDesk keeps of each project, and what it may do with it: for Preferences."""

from __future__ import annotations

import json
from dataclasses import dataclass

from inspector_app.commands import registry
from inspector_app.commands.own import consent
from inspector_app.models import Workspace

from .kept import Kept, kept


@dataclass(frozen=True)
class OwnCommand:
    """A command beyond the presets, allowed or only offered; ``withdraw`` is a body."""

    name: str
    state: consent.State
    withdraw: str = ""


@dataclass(frozen=True)
class Project:
    """A project as Preferences lists it; ``own_problem`` is what is wrong with those commands."""

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
    offered, problem = registry.beyond(workspace)
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
        own_problem=problem.message if problem is not None else "",
    )


def _own(name: str, state: consent.State) -> OwnCommand:
    if state == "missing":
        return OwnCommand(name, state)
    return OwnCommand(name, state, json.dumps({"preset": name, "digest": None}))
