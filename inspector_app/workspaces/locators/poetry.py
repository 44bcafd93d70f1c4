"""Poetry's environments outside the project: ``NAME-HASH-pyVERSION`` in its cache."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from inspector_app.workspaces.environment import Environment, read_venv
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.source import read_text
from inspector_app.workspaces.toml_tables import dig, toml

from .folders import environments_in, project_folders, short_hash


def locate(found: Found) -> Iterator[Environment]:
    for project in project_folders(found):
        for folder in _folders(project):
            # Several: one for each Python it was tried with; the newest Python first.
            for venv in reversed(list(environments_in(folder, f"*-{short_hash(project)}-py*"))):
                yield read_venv(venv, source="poetry")


def _folders(project: Path) -> list[Path]:
    """Where Poetry keeps environments, by what goes first with it: variable, project, user."""
    variable = os.environ.get("POETRY_VIRTUALENVS_PATH", "")
    settings = Path(platformdirs.user_config_dir("pypoetry", appauthor=False, roaming=True))
    configured = [_configured(file) for file in (project / "poetry.toml", settings / "config.toml")]
    cache = os.environ.get("POETRY_CACHE_DIR", "") or platformdirs.user_cache_dir("pypoetry")
    named = [variable, *configured, str(Path(cache) / "virtualenvs")]
    return [Path(folder.replace("{cache-dir}", cache)) for folder in named if folder]


def _configured(file: Path) -> str:
    path = dig(toml(read_text(file)), "virtualenvs", "path")
    return path if isinstance(path, str) and "\0" not in path else ""
