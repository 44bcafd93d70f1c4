"""Conda's and pixi's environments: in the project, or by the name that environment.yml gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, read_installation
from inspector_app.workspaces.find import Found
from inspector_app.workspaces.source import home, read_text

from .folders import environments_in, project_folders

_NAME = re.compile(r"^name:\s*[\"']?([\w.-]+)", re.MULTILINE)
_INSTALLATIONS = ("miniconda3", "anaconda3", "miniforge3", "mambaforge", ".conda", "micromamba")


def locate(found: Found) -> Iterator[Environment]:
    for project in project_folders(found):
        for environment in environments_in(project / ".pixi" / "envs", "default", "*"):
            yield read_installation(environment / "bin" / "python", source="pixi")
        for environment in environments_in(project, "*", ".conda"):
            if (environment / "conda-meta").is_dir():
                yield read_installation(environment / "bin" / "python", source="conda")
        for name in _named(project):
            for folder in _INSTALLATIONS:
                for environment in environments_in(home() / folder / "envs", name):
                    yield read_installation(environment / "bin" / "python", source="conda")


def _named(project: Path) -> list[str]:
    texts = (read_text(project / file) for file in ("environment.yml", "environment.yaml"))
    return [match[1] for match in map(_NAME.search, texts) if match]
