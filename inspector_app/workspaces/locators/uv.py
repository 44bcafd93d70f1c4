"""uv's environment where it is told another place than the project's .venv."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, read_venv
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.source import is_file

from .folders import project_folders


def locate(found: Found) -> Iterator[Environment]:
    name = os.environ.get("UV_PROJECT_ENVIRONMENT", "")
    if not name:
        return
    for project in project_folders(found):
        # Relative to the project, or to the workspace that it is a member of.
        if is_file(project / "uv.lock") or is_file(project / "pyproject.toml"):
            venv = project / Path(name)
            if is_file(venv / "pyvenv.cfg"):
                yield read_venv(venv, source="uv")
