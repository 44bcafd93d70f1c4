"""Environments that a tool keeps outside the project: poetry, pipenv, hatch, pdm and others.

Each tool names the folder after the project, so the name finds it without asking the tool.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from inspector_app.workspaces.environment import Environment, read_venv
from inspector_app.workspaces.find import Found


def locate(found: Found) -> Iterator[Environment]:
    names = {found.root.name, found.script.parent.name}
    for tool, folder in _homes():
        for venv in _matching(folder, names):
            yield read_venv(venv, source=tool)
    pdm = _pdm(found.root)
    if pdm is not None:
        yield read_venv(pdm, source="pdm")


def _homes() -> list[tuple[str, Path]]:
    home = Path.home()
    cache = Path(platformdirs.user_cache_dir())
    data = Path(platformdirs.user_data_dir())
    workon = os.environ.get("WORKON_HOME")
    return [
        ("poetry", cache / "pypoetry" / "virtualenvs"),
        ("pipenv", data / "virtualenvs"),
        ("hatch", data / "hatch" / "env" / "virtual"),
        ("virtualenvwrapper", Path(workon) if workon else home / ".virtualenvs"),
    ]


def _matching(folder: Path, names: set[str]) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    normal = {_normal(name) for name in names}
    venvs = []
    for entry in entries:
        # poetry: name-HASH-py3.11, pipenv: name-HASH, hatch: name/HASH/name, wrapper: name.
        prefix = _normal(entry.name)
        if any(prefix == name or prefix.startswith(f"{name}-") for name in normal):
            venvs.extend(path.parent for path in _configs(entry))
    return venvs


def _configs(entry: Path) -> list[Path]:
    direct = entry / "pyvenv.cfg"
    return [direct] if direct.is_file() else sorted(entry.glob("*/*/pyvenv.cfg"))


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _pdm(root: Path) -> Path | None:
    """.pdm-python holds the path of the interpreter that pdm uses."""
    try:
        text = (root / ".pdm-python").read_text("utf-8").strip()
    except (OSError, ValueError):
        return None
    folder = Path(text).parent.parent if text and "\0" not in text else None
    return folder if folder is not None and (folder / "pyvenv.cfg").is_file() else None
