"""The one run that is no preset: the scan's own, which nobody can ask for by name."""

from __future__ import annotations

from inspector_app.models import Workspace
from inspector_app.workspaces.interpreter import command_prefix

# What the row says in the place of a preset's name.
SCAN = "scan"
PROBE = "djdesk-probe"


def scan_argv(workspace: Workspace) -> list[str]:
    """As it is shown; where the probe lies is known only once the run starts."""
    prefix = command_prefix(workspace.interpreter, bundled=workspace.bundled)
    return [*prefix, PROBE, *([workspace.manage_py] if workspace.manage_py else [])]
