"""What must be true at the moment a run starts, whatever was true when it was asked for."""

from __future__ import annotations

import os
from pathlib import Path

from inspector_app.commands import argv, registry
from inspector_app.commands.own import consent
from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.workspaces import trust

from .asked import asked_tier, asked_timeout
from .proven import tier_for
from .scanning import SCAN, scan_argv


def check_again(run: WorkspaceTaskRun) -> None:
    """Put what the allow-list builds now into ``run``: the database is no proof of anything.

    Raises:
        Problem: no longer trusted, allowed or well-formed, or something it needs is gone.
    """
    workspace = run.workspace
    trust.require(workspace)
    if run.preset == SCAN:
        require_files(workspace)
        run.argv, run.cwd = scan_argv(workspace), str(folder_of(workspace))
        return
    preset = registry.get(run.preset, workspace)
    consent.require(workspace, preset)
    run.params = registry.validate(preset, run.params, workspace)
    run.timeout_s = asked_timeout(run.timeout_s)
    run.tier = tier_for(preset, asked_tier(run.tier or None))
    require_files(workspace)
    run.argv = argv.build(preset, run.params, workspace)
    run.cwd = str(folder_of(workspace))


def require_files(workspace: Workspace) -> None:
    """The folder, its manage.py and the interpreter, each as it is on disk now."""
    root = workspace.root_path
    if not root.is_dir():
        raise Problem(
            "folder_missing",
            f"The folder {root} is gone.",
            "Open the project where it is now.",
        )
    if not workspace.manage_py or not (root / workspace.manage_py).is_file():
        raise Problem(
            "manage_py_missing",
            f"{workspace.manage_py or 'manage.py'} is no longer in {root}.",
            "Open the folder again, so that DJDesk looks for it.",
        )
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
    """Where commands run: the folder of manage.py."""
    return (workspace.root_path / workspace.manage_py).parent
