"""What must be true at the moment a run starts, whatever was true when it was asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.workspaces import trust
from inspector_app.workspaces.running import working_folder
from inspector_app.workspaces.source import is_file

from .asked import asked_tier, asked_timeout
from .scanning import SCAN, scan_argv

if TYPE_CHECKING:
    from inspector_app.commands.preset import Preset


def check_again(run: WorkspaceTaskRun) -> Preset | None:
    """Put what the allow-list builds now into ``run``: the database is no proof of anything.

    Returns what the list says of the command; None for a scan, which is not in it.

    Raises:
        Problem: no longer trusted, allowed or well-formed, or something it needs is gone.
    """
    workspace = run.workspace
    trust.require(workspace)
    if run.preset == SCAN:
        require_files(workspace)
        run.argv, run.cwd = scan_argv(workspace), str(folder_of(workspace))
        return None
    # None of it is needed for a scan, which is in nobody's list.
    from inspector_app.commands import argv, registry
    from inspector_app.commands.own import consent

    from .proven import tier_for

    preset = registry.get(run.preset, workspace)
    consent.require(workspace, preset)
    run.params = registry.validate(preset, run.params, workspace)
    run.timeout_s = asked_timeout(run.timeout_s)
    run.tier = tier_for(preset, asked_tier(run.tier or None))
    require_files(workspace)
    run.argv = argv.build(preset, run.params, workspace)
    run.cwd = str(folder_of(workspace))
    return preset


def require_files(workspace: Workspace) -> None:
    """The folder, its manage.py and the interpreter, each as it is on disk now."""
    root = workspace.root_path
    if not root.is_dir():
        raise Problem(
            "folder_missing",
            f"The folder {root} is gone.",
            "Open the project where it is now.",
        )
    if workspace.manage_py and not (root / workspace.manage_py).is_file():
        raise Problem(
            "manage_py_missing",
            f"{workspace.manage_py} is no longer in {root}.",
            "Open the folder again, so that DJDesk looks for it.",
        )
    if not workspace.manage_py and not workspace.settings_module:
        raise Problem(
            "no_settings",
            f"{workspace.name} has no manage.py, and no settings module is known.",
            "Name its settings module under Project setup, or with --settings.",
        )
    _require_env_files(workspace)
    _require_interpreter(workspace)


def _require_env_files(workspace: Workspace) -> None:
    for file in workspace.env_files:
        if not is_file(Path(file)):
            raise Problem(
                "env_file_missing",
                f"The env file {file}, which was chosen for this project, is gone.",
                "Choose again under Project setup.",
            )


def _require_interpreter(workspace: Workspace) -> None:
    """One that is there, may be executed, and of which nothing is known that stands against it."""
    if workspace.interpreter_problem is not None:
        problem = workspace.interpreter_problem
        raise Problem(problem["code"], problem["message"], problem["hint"])
    interpreter = Path(workspace.interpreter)
    if workspace.bundled:
        return
    if not workspace.interpreter or not interpreter.is_file():
        raise Problem(
            "interpreter_missing",
            f"The interpreter {workspace.interpreter} is gone."
            if workspace.interpreter
            else "No interpreter is known for this project.",
            "Open the folder again, so that DJDesk looks for another one.",
        )
    if not os.access(interpreter, os.X_OK):
        raise Problem(
            "interpreter_missing",
            f"The interpreter {interpreter} may not be executed.",
            "Open the folder again, so that DJDesk looks for another one.",
        )


def folder_of(workspace: Workspace) -> Path:
    """Where commands run."""
    return working_folder(workspace)
