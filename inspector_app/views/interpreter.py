"""Why a workspace uses its interpreter, and which others were found: a piece of the shell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from inspector_app.models import Workspace
from inspector_app.workspaces.environment import Environment
from inspector_app.workspaces.opening import interpreter_of

from .page import page
from .shell import interpreter_problem


@dataclass(frozen=True)
class Candidate:
    """A Python that is not in use; ``usable`` when it may be chosen instead."""

    environment: Environment
    reason: str
    usable: bool


@page("inspector_app/partials/why.html")
def why(request: HttpRequest, slug: str) -> dict[str, Any]:  # noqa: ARG001
    """Asked for when it is opened, because it looks at every environment on disk again."""
    workspace = get_object_or_404(Workspace, slug=slug)
    return {
        "workspace": workspace,
        "interpreter_problem": interpreter_problem(workspace),
        "candidates": _candidates(workspace) if workspace.root_path.is_dir() else [],
    }


def _candidates(workspace: Workspace) -> list[Candidate]:
    choice = interpreter_of(workspace)
    found = [Candidate(one, reason, not one.problem) for one, reason in choice.losers]
    if not choice.bundled:
        # Comes first unless it is the one in use, which is left out below.
        found.insert(0, Candidate(choice.chosen, choice.why, usable=True))
    return [one for one in found if str(one.environment.path) != workspace.interpreter]
