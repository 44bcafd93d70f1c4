"""A project whose folder was moved: its scans and runs go on where it is now."""

from __future__ import annotations

from django.db import transaction

from inspector_app.errors import Problem
from inspector_app.models import Workspace

from . import trust
from .find import find_project
from .opening import checked_path, open_path


def locate(slug: str, path: str) -> Workspace:
    """Make the folder behind ``path`` that of a project, and open it.

    Trust was given to the folder that is gone, so it is withdrawn.

    Raises:
        Problem: ``not_found``, ``not_missing`` while the old folder is there, ``already_open`` when
            another project has the new one, and what :func:`find_project` raises.
    """
    workspace = Workspace.objects.filter(slug=slug).first()
    if workspace is None:
        raise Problem("not_found", "This project was removed meanwhile.")
    if workspace.root_path.is_dir():
        raise Problem(
            "not_missing",
            f"The folder of {workspace.name} is where it was: {workspace.root}.",
            "Open the other folder as a project of its own.",
        )
    root = str(find_project(checked_path(path)).root)
    with transaction.atomic():
        other = Workspace.objects.filter(root=root).first()
        if other is not None:
            raise Problem(
                "already_open",
                f"{root} is known already, as {other.name}.",
                "Remove one of the two, if they are the same project.",
            )
        workspace.root = root
        workspace.save(update_fields=["root"])
        trust.withdraw(workspace)
    return open_path(root)
