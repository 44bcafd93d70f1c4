"""Hatch's environments: ``PROJECT/HASH/ENVIRONMENT`` in its data, or where the project says."""

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
    home = os.environ.get("HATCH_DATA_DIR")
    data = Path(home) if home else Path(platformdirs.user_data_dir("hatch", appauthor=False))
    folder = data / "env" / "virtual"
    for project in project_folders(found):
        for named in _named(project):
            for venv in environments_in(named.parent, named.name):
                yield read_venv(venv, source="hatch")
        venvs = list(environments_in(folder, f"*/{short_hash(project)}/*"))
        # The default environment carries the project's name.
        for venv in sorted(venvs, key=lambda path: path.name != path.parent.parent.name):
            yield read_venv(venv, source="hatch")


def _named(project: Path) -> list[Path]:
    """The paths that environments are given, the default one's first."""
    tables = [
        dig(toml(read_text(project / "pyproject.toml")), "tool", "hatch", "envs"),
        dig(toml(read_text(project / "hatch.toml")), "envs"),
    ]
    named = {
        name: path
        for table in tables
        for name, options in (table.items() if isinstance(table, dict) else ())
        if isinstance(path := dig(options, "path"), str) and path and "\0" not in path
    }
    ordered = sorted(named.items(), key=lambda pair: pair[0] != "default")
    return [project / path for _, path in ordered]
