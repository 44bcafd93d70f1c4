"""The first python3 on PATH; it counts only when Django is installed beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, read_installation, read_venv
from inspector_app.workspaces.find import Found


def locate(found: Found) -> Iterator[Environment]:  # noqa: ARG001 -- every locator takes the project
    where = shutil.which("python.exe" if os.name == "nt" else "python3")
    if where is None:
        return
    path = Path(where)
    # A shim of pyenv is a shell script: what it would start is not known without starting it.
    if path.parent.name == "shims":
        return
    venv = path.parent.parent
    if (venv / "pyvenv.cfg").is_file():
        yield read_venv(venv, source="PATH")
    else:
        yield read_installation(path, source="PATH")
