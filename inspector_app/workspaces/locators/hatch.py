"""Hatch's environments outside the project: ``PROJECT/HASH/ENVIRONMENT`` in its data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from inspector_app.workspaces.environment import Environment, read_venv
from inspector_app.workspaces.find import Found

from .folders import environments_in, project_folders, short_hash


def locate(found: Found) -> Iterator[Environment]:
    home = os.environ.get("HATCH_DATA_DIR")
    data = Path(home) if home else Path(platformdirs.user_data_dir("hatch", appauthor=False))
    folder = data / "env" / "virtual"
    for project in project_folders(found):
        venvs = list(environments_in(folder, f"*/{short_hash(project)}/*"))
        # The default environment carries the project's name.
        for venv in sorted(venvs, key=lambda path: path.name != path.parent.parent.name):
            yield read_venv(venv, source="hatch")
