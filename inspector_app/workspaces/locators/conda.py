"""Conda's and pixi's environments: in the project, or by the name that environment.yml gives."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, read_installation
from inspector_app.workspaces.found import Found
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
            for folder in _homes():
                for environment in environments_in(folder, name):
                    yield read_installation(environment / "bin" / "python", source="conda")


def _named(project: Path) -> list[str]:
    texts = (read_text(project / file) for file in ("environment.yml", "environment.yaml"))
    return [match[1] for match in map(_NAME.search, texts) if match]


def _homes() -> list[Path]:
    """Where environments by that name may be: the usual places, and those that conda has noted."""
    variable = os.environ.get("CONDA_ENVS_PATH", "") or os.environ.get("CONDA_ENVS_DIRS", "")
    told = [Path(folder) for folder in variable.split(os.pathsep) if folder]
    usual = [home() / name / "envs" for name in _INSTALLATIONS]
    usual += [Path("/opt") / name / "envs" for name in ("conda", *_INSTALLATIONS)]
    lines = read_text(home() / ".conda" / "environments.txt").splitlines()
    noted = [Path(line.strip()).parent for line in lines if line.strip() and "\0" not in line]
    return list(dict.fromkeys([*told, *usual, *noted]))
