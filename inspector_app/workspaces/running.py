"""How a workspace's code is run: by which Python, in which folder, from which folders imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from inspector_app.models import Workspace

from .environment import packages_of

# How a project without manage.py is run.
WITHOUT_SCRIPT = ["-m", "django"]


def python_of(workspace: Workspace) -> Path:
    """The Python that is used: the project's, or DJDesk's own that stands in for it."""
    return Path(sys.executable if workspace.bundled else workspace.interpreter)


def packages_for(workspace: Workspace) -> list[Path]:
    """The folders in which that Python finds installed packages."""
    return packages_of(python_of(workspace))


def working_folder(workspace: Workspace) -> Path:
    """Where commands run: manage.py's folder, or the project's top where there is none.

    Python looks there first, so an installed package is not run in its own folder, where its
    modules would stand before those of Python.
    """
    if workspace.manage_py:
        return workspace.base_path
    base, root = workspace.base_path, workspace.root_path
    return root if base.is_relative_to(root) else base.parent


def python_path(workspace: Workspace) -> list[Path]:
    """What its Python has to be told to import the project: not what it has installed."""
    if not workspace.python_path:
        return []
    known = packages_for(workspace)
    return [folder for one in workspace.python_path if (folder := Path(one)) not in known]


def python_path_in(workspace: Workspace) -> str:
    """PYTHONPATH as it is typed in the folder where commands run."""
    root = workspace.root_path
    return os.pathsep.join(
        str(folder.relative_to(root) if folder.is_relative_to(root) else folder)
        for folder in python_path(workspace)
    )


def script_words(workspace: Workspace) -> list[str]:
    """What stands between the Python and the management command in a command line."""
    if workspace.manage_py:
        return [Path(workspace.manage_py).name]
    return WITHOUT_SCRIPT
