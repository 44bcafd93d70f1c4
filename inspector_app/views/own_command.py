"""What the form of a project's own command says: where it comes from, and whether it may run."""

from __future__ import annotations

import json
from dataclasses import dataclass

from inspector_app.commands.own import consent
from inspector_app.commands.preset import Preset
from inspector_app.models import Workspace


@dataclass(frozen=True)
class OwnCommand:
    """``source`` says where it is defined; ``allow`` and ``withdraw`` are the bodies to post."""

    consent: consent.State
    source: str
    tiers: str
    allow: str
    withdraw: str


def own_command(preset: Preset, workspace: Workspace) -> OwnCommand | None:
    """None for a preset of DJDesk's own."""
    if not preset.digest:
        return None
    return OwnCommand(
        consent=consent.state(workspace, preset),
        source="Preferences" if preset.written else "djdesk.toml",
        tiers=" or ".join(preset.tiers),
        allow=json.dumps({"preset": preset.name, "digest": preset.digest}),
        withdraw=json.dumps({"preset": preset.name, "digest": None}),
    )
