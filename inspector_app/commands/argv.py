"""The exact command line of a preset, built from values that passed and from nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inspector_app.models import Workspace
from inspector_app.workspaces.interpreter import command_prefix

from .presets import Preset


def build(preset: Preset, params: dict[str, Any], workspace: Workspace) -> list[str]:
    """argv for ``preset``; ``params`` must come from :func:`registry.validate`."""
    options: list[str] = []
    positionals: list[str] = []
    for parameter in preset.parameters:
        if parameter.name in params:
            target = positionals if parameter.positional else options
            target.extend(parameter.arguments(params[parameter.name]))
    fixed = ["--no-color"]
    if preset.skips_checks:
        fixed.append("--skip-checks")
    # Behind "--" nothing is an option, whatever it looks like.
    tail = ["--", *positionals] if positionals else []
    prefix = command_prefix(workspace.interpreter, bundled=workspace.bundled)
    return [*prefix, Path(workspace.manage_py).name, preset.name, *fixed, *options, *tail]


def display(argv: list[str], workspace: Workspace) -> list[str]:
    """The same for people: what lies in the project is named relative to it."""
    prefix_length = len(command_prefix(workspace.interpreter, bundled=workspace.bundled))
    interpreter = argv[0] if argv else ""
    root = workspace.root.rstrip("/") + "/"
    if workspace.bundled:
        shown = ["djdesk-python"]
    elif interpreter.startswith(root):
        shown = [interpreter.removeprefix(root)]
    else:
        shown = [interpreter]
    return [*shown, *argv[prefix_length:]]
