"""Poetry's environments outside the project: ``NAME-HASH-pyVERSION`` in its cache."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from inspector_app.workspaces.environment import Environment, read_venv
from inspector_app.workspaces.find import Found

from .folders import environments_in, project_folders, short_hash


def locate(found: Found) -> Iterator[Environment]:
    home = os.environ.get("POETRY_VIRTUALENVS_PATH")
    folder = Path(home) if home else Path(platformdirs.user_cache_dir("pypoetry")) / "virtualenvs"
    for project in project_folders(found):
        # Several: one for each Python it was tried with; the newest Python first.
        for venv in reversed(list(environments_in(folder, f"*-{short_hash(project)}-py*"))):
            yield read_venv(venv, source="poetry")
