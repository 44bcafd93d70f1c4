"""Trust: the user's word, once for each workspace, that its code may be run."""

from __future__ import annotations

from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace


def grant(workspace: Workspace) -> None:
    if workspace.trusted_at is None:
        workspace.trusted_at = timezone.now()
        workspace.save(update_fields=["trusted_at"])
    bus.publish("workspace", {"slug": workspace.slug})


def withdraw(workspace: Workspace) -> None:
    workspace.trusted_at = None
    workspace.save(update_fields=["trusted_at"])
    # What was allowed beyond that falls with it.
    workspace.consents.all().delete()
    bus.publish("workspace", {"slug": workspace.slug})


def require(workspace: Workspace) -> None:
    """Refuse to run a project's code before it is trusted."""
    if not workspace.trusted:
        raise Problem(
            "not_trusted",
            f"{workspace.name} is not trusted yet, so none of its code is run.",
            "Trust it on its Overview page, or with --trust on the command line.",
        )
