"""How a workspace is run, why so, and what else there is to choose: a piece of the shell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from inspector_app.models import Workspace

from .page import page
from .setup import setup_of
from .shell import interpreter_problem


@page("inspector_app/partials/setup.html")
def project_setup(request: HttpRequest, slug: str) -> dict[str, Any]:  # noqa: ARG001
    """Asked for when it is opened, because it looks at every environment on disk again."""
    workspace = get_object_or_404(Workspace, slug=slug)
    return {
        "workspace": workspace,
        "interpreter_problem": interpreter_problem(workspace),
        "setup": setup_of(workspace) if workspace.root_path.is_dir() else None,
    }
