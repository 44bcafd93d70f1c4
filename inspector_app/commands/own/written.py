"""Commands of a project that the user wrote down in Preferences, in the words of djdesk.toml.

They are for a project whose folder he does not want to add a file to. To write one down is to allow
it; apart from that they are what the file's are: as strictly read, and run in isolation only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from inspector_app.commands.preset import Preset
from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace

from . import consent
from .definition import presets_of
from .file import parsed
from .table import FILE

KEY = "own_commands"


def written_presets(text: str) -> list[Preset]:
    """The commands that ``text`` defines; none in an empty one.

    Raises:
        Problem: ``bad_own_commands``, which names the key at fault.
    """
    try:
        return _presets(text)
    except Problem as problem:
        raise Problem(
            problem.code,
            f"Preferences: {problem.message}",
            "Until it is mended there, none of the commands written down is offered.",
            field=KEY,
        ) from problem


def write_down(workspace: Workspace, text: Any) -> None:
    """Keep ``text`` in the place of what was there, and allow what it defines.

    Raises:
        Problem: ``bad_own_commands``; nothing is kept then.
    """
    if not isinstance(text, str):
        raise Problem("invalid_parameter", "Definitions are text.", field=KEY)
    before = {preset.name for preset in _before(workspace)}
    presets = _presets(text)
    workspace.own_commands = text if presets else ""
    workspace.save(update_fields=[KEY])
    for preset in presets:
        consent.grant(workspace, preset, preset.digest)
    for name in before - {preset.name for preset in presets}:
        consent.withdraw(workspace, name)
    bus.publish("workspace", {"slug": workspace.slug})


def _presets(text: str) -> list[Preset]:
    if not text.strip():
        return []
    try:
        found = presets_of(parsed(text.encode("utf-8", "surrogatepass")))
    except Problem as problem:
        message = problem.message.removeprefix(f"{FILE}: ")
        kept = "It is not saved: what was there before still counts."
        raise Problem(problem.code, message, kept, field=KEY) from problem
    return [replace(preset, written=True) for preset in found]


def _before(workspace: Workspace) -> list[Preset]:
    try:
        return _presets(workspace.own_commands)
    except Problem:
        # It was all right for an earlier DJDesk.
        return []
