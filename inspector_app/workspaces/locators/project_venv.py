"""A virtual environment inside the project, from manage.py's folder up to the repository's top."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, read_venv
from inspector_app.workspaces.find import Found

USUAL = (".venv", "venv", "env")


def locate(found: Found) -> Iterator[Environment]:
    for folder in _up_to_repository(found.script.parent):
        for venv in _venvs_in(folder):
            yield read_venv(venv, source="project")


def _up_to_repository(start: Path) -> Iterator[Path]:
    for folder in (start, *start.parents):
        yield folder
        if (folder / ".git").exists() or folder == Path.home() or folder.parent == folder:
            return


def _venvs_in(folder: Path) -> list[Path]:
    usual = [folder / name for name in USUAL]
    try:
        others = sorted(entry for entry in folder.iterdir() if entry not in usual)
    except OSError:
        others = []
    return [path for path in (*usual, *others) if _is_venv(path)]


def _is_venv(path: Path) -> bool:
    try:
        return (path / "pyvenv.cfg").is_file() or _is_broken_venv(path)
    except OSError:
        return False


def _is_broken_venv(path: Path) -> bool:
    """A folder link by a usual name that leads nowhere: worth naming, it explains a failure."""
    return path.name in USUAL and path.is_symlink() and not path.exists()
