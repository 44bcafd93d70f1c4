"""PDM's environments: the one noted in ``.pdm-python``, then ``NAME-HASH-…`` in its data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import platformdirs

from inspector_app.workspaces.environment import Environment, read_venv
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.source import read_text

from .folders import environments_in, project_folders, short_hash


def locate(found: Found) -> Iterator[Environment]:
    folder = Path(platformdirs.user_data_dir("pdm", appauthor=False)) / "venvs"
    for project in project_folders(found):
        python = read_text(project / ".pdm-python").strip()
        if python and "\0" not in python:
            venv = Path(python).parent.parent
            if (venv / "pyvenv.cfg").is_file():
                yield read_venv(venv, source="pdm")
        for venv in environments_in(folder, f"*-{short_hash(project, 'md5')}-*"):
            yield read_venv(venv, source="pdm")
