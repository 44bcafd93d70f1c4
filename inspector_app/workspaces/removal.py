"""Forgetting a workspace: DJDesk's own records of it, never the project."""

from __future__ import annotations

import shutil

from django.db import transaction

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace, WorkspaceTaskRun

from . import building
from .uv_offer import environment_folder


def remove(workspace: Workspace) -> None:
    """Delete scans, runs and logs of ``workspace``; refused while a command of it runs."""
    if workspace.runs.filter(status__in=WorkspaceTaskRun.ACTIVE).exists():
        raise Problem(
            "runs_active",
            f"A command of {workspace.name} is still running.",
            "Stop it or wait for its end, then remove the workspace.",
        )
    from inspector_app.scans.search.index import forget
    from inspector_app.schema import layouts

    building.stop(workspace)
    folders = [run.folder for run in workspace.runs.all()]
    folders.append(environment_folder(workspace))
    slug = workspace.slug
    with transaction.atomic():
        layouts.forget(workspace.pk)
        forget(workspace)
        workspace.delete()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    bus.publish("workspace", {"slug": slug})
