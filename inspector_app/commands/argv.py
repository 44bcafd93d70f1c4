"""The exact command line of a preset, built from values that passed and from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector_app.models import Workspace
from inspector_app.runs.scanning import PROBE, SCAN
from inspector_app.workspaces.interpreter import bundled_interpreter, command_prefix
from inspector_app.workspaces.running import WITHOUT_SCRIPT, python_path_in, script_words

if TYPE_CHECKING:
    from .preset import Preset


def build(preset: Preset, params: dict[str, Any], workspace: Workspace) -> list[str]:
    """argv for ``preset``; ``params`` must come from :func:`registry.validate`."""
    options: list[str] = []
    positionals: list[str] = []
    for parameter in preset.parameters:
        if parameter.name in params:
            target = positionals if parameter.positional else options
            target.extend(parameter.arguments(params[parameter.name]))
    fixed = ["--no-color", *(["--skip-checks"] if preset.skips_checks else []), *preset.fixed]
    # Behind "--" nothing is an option, whatever it looks like.
    tail = ["--", *positionals] if positionals else []
    prefix = command_prefix(workspace.interpreter, bundled=workspace.bundled)
    command = [*script_words(workspace), preset.management_command]
    return [*prefix, *command, *fixed, *options, *tail]


def display(argv: list[str], workspace: Workspace) -> list[str]:
    """The same for people: what lies in the project is named relative to it.

    Looks at ``argv`` alone for the interpreter, because an old run may have used another one than
    the workspace has now.
    """
    if not argv:
        return []
    bundled = bundled_interpreter()
    root = workspace.root.rstrip("/") + "/"
    if argv[: len(bundled)] == bundled:
        words = ["djdesk-python", *argv[len(bundled) :]]
    else:
        words = [argv[0].removeprefix(root), *argv[1:]]
    return [*_variables(argv, workspace), *words]


def from_command(argv: list[str], workspace: Workspace) -> list[str]:
    """``argv`` from the management command on: what is before it is the same in every row."""
    if PROBE in argv:
        return [SCAN]
    script = script_words(workspace)[-1]
    return argv[argv.index(script) + 1 :] if script in argv else argv


def _variables(argv: list[str], workspace: Workspace) -> list[str]:
    """What ``python -m django`` has to be told, which a manage.py knows by itself."""
    if not workspace.python_path or WITHOUT_SCRIPT not in (argv[1:3], argv[2:4]):
        return []
    folders = python_path_in(workspace)
    words = [f"PYTHONPATH={folders}"] if folders else []
    if workspace.settings_module:
        words.append(f"DJANGO_SETTINGS_MODULE={workspace.settings_module}")
    return words
