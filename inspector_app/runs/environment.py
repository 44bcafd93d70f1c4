"""The environment a command gets: built from nothing, so that nothing of DJDesk leaks into it."""

from __future__ import annotations

import os
from pathlib import Path

from inspector_app.models import Workspace
from inspector_app.workspaces.env_files import handed_over, values_of
from inspector_app.workspaces.running import python_path

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"


def build(workspace: Workspace, interpreter: str, scratch: Path) -> dict[str, str]:
    """Every variable of a command of ``workspace``, those of its chosen env files included."""
    environment = clean(interpreter, scratch)
    folders = python_path(workspace)
    if folders:
        environment["PYTHONPATH"] = os.pathsep.join(map(str, folders))
    if workspace.settings_module:
        environment["DJANGO_SETTINGS_MODULE"] = workspace.settings_module
    chosen = values_of(Path(file) for file in workspace.env_files) if workspace.env_files else {}
    return handed_over(chosen, environment) | environment


def clean(interpreter: str, scratch: Path) -> dict[str, str]:
    """What every child gets; HOME and TMPDIR are thrown away with ``scratch``."""
    home = scratch / "home"
    temporary = scratch / "tmp"
    for folder in (home, temporary):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = {
        "PATH": f"{Path(interpreter).parent}{os.pathsep}{_system_path()}",
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    if os.name == "nt":
        # Without these Windows cannot start a process that opens a socket.
        for name in ("SYSTEMROOT", "WINDIR", "COMSPEC"):
            environment[name] = os.environ.get(name, "")
        environment |= {"TEMP": str(temporary), "TMP": str(temporary), "USERPROFILE": str(home)}
    return environment


def _system_path() -> str:
    return os.environ.get("PATH", "") if os.name == "nt" else SYSTEM_PATH
