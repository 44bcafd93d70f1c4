"""Pipenv's and virtualenvwrapper's environments: they keep the project's path in ``.project``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from inspector_app.workspaces.environment import Environment, read_venv
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.source import home, read_text

from .folders import environments_in, project_folders, short_hash


def locate(found: Found) -> Iterator[Environment]:
    projects = project_folders(found)
    for folder in _homes():
        for project in projects:
            for venv in environments_in(folder, f"*-{short_hash(project / 'Pipfile')}"):
                yield read_venv(venv, source="pipenv")
        for venv in environments_in(folder, "*"):
            text = read_text(venv / ".project").strip()
            if text and Path(text) in projects:
                yield read_venv(venv, source="virtualenvwrapper")
    for project in projects:
        yield from _pointer(project)


def _homes() -> list[Path]:
    workon = os.environ.get("WORKON_HOME")
    usual = [Path(platformdirs.user_data_dir()) / "virtualenvs", home() / ".virtualenvs"]
    return list(dict.fromkeys([Path(workon), *usual] if workon else usual))


def _pointer(project: Path) -> Iterator[Environment]:
    """A ``.venv`` that is a file: it holds the environment's path, or its name among the others."""
    text = read_text(project / ".venv").strip()
    if not text or "\n" in text:
        return
    for folder in _homes():
        venv = (folder / text) if "/" not in text else (project / text)
        if (venv / "pyvenv.cfg").is_file():
            yield read_venv(venv, source="pipenv")
            return
