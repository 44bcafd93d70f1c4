"""All requirement and lock files of a project, each read by what knows its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from inspector_app.workspaces.source import is_file

from .conda import NAMES, read_conda
from .locks import LOCKS, read_pipfile_lock, read_toml_lock
from .pip_files import read_pip_files
from .shapes import Asked
from .tables import read_pipfile, read_pyproject, read_setup_cfg, read_setup_py

_READERS: dict[str, Callable[[Path, str], Iterator[Asked]]] = {
    "pyproject.toml": read_pyproject,
    "setup.cfg": read_setup_cfg,
    "setup.py": read_setup_py,
    "Pipfile": read_pipfile,
    **dict.fromkeys(NAMES, read_conda),
    **dict.fromkeys(LOCKS, read_toml_lock),
    "Pipfile.lock": read_pipfile_lock,
}
_MOST = 10_000


def read_requirements(root: Path, base: Path) -> list[dict[str, Any]]:
    """What is asked for in ``root`` and in manage.py's folder, in the order of files and lines."""
    found: list[Asked] = []
    for folder in dict.fromkeys((root, base)):
        for name, read in _READERS.items():
            path = folder / name
            if is_file(path):
                shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
                found += read(path, shown)
    found += read_pip_files(root, base)
    return [one.as_dict() for one in found[:_MOST]]
