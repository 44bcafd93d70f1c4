"""Consent: the user's word, for each workspace and each exact definition, that it may run."""

from __future__ import annotations

from typing import Any, Literal

from inspector_app.commands.preset import Preset
from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import OwnCommandConsent, Workspace

State = Literal["not needed", "given", "changed", "missing"]


def state(workspace: Workspace, preset: Preset) -> State:
    """``changed`` says that it was given for another definition of the command."""
    if not preset.digest:
        return "not needed"
    row = workspace.consents.filter(command=preset.name).first() if workspace.pk else None
    if row is None:
        return "missing"
    return "given" if row.digest == preset.digest else "changed"


def grant(workspace: Workspace, preset: Preset, digest: Any) -> None:
    """Allow the definition that was shown.

    Raises:
        Problem: ``definition_changed`` when ``digest`` is not the present one's.
    """
    if not preset.digest:
        raise Problem("bad_request", f"{preset.name} needs no consent; it is a preset of DJDesk.")
    if digest != preset.digest:
        raise Problem(
            "definition_changed",
            f"{preset.name} is not defined as it was shown, so it was not allowed.",
            "Look at its present definition in djdesk.toml, and decide again.",
            field="digest",
        )
    OwnCommandConsent.objects.update_or_create(
        workspace=workspace, command=preset.name, defaults={"digest": preset.digest}
    )
    bus.publish("workspace", {"slug": workspace.slug})


def withdraw(workspace: Workspace, command: Any) -> None:
    """Take back what was allowed under that name, whether the project still offers it or not."""
    if isinstance(command, str):
        workspace.consents.filter(command=command).delete()
    bus.publish("workspace", {"slug": workspace.slug})


def require(workspace: Workspace, preset: Preset) -> None:
    """Refuse a command of the project that the user has not allowed as it is now."""
    why = {
        "missing": f"{preset.name} is a command of the project, and you have not allowed it yet.",
        "changed": f"djdesk.toml defines {preset.name} in another way than when you allowed it.",
    }.get(state(workspace, preset))
    if why is not None:
        raise Problem(
            "not_allowed_yet",
            why,
            "Look at its definition and allow it on the Commands page, or with --consent on the "
            "command line.",
            field="preset",
        )
