"""A virtual environment in the project: from manage.py's folder up to the repository's top."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, read_venv
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.source import exists, home, is_dir, is_file

USUAL = (".venv", "venv", "env")


def locate(found: Found) -> Iterator[Environment]:
    for folder in _folders(found):
        if folder not in (found.root, found.base) and _has_config(folder):
            # The project is itself installed in an environment.
            yield read_venv(folder, source="around")
            return
        # Above the root there are other projects, and their environments by any name.
        inside = folder.is_relative_to(found.root) or exists(folder / ".git")
        for venv in _venvs_in(folder, any_name=inside):
            yield read_venv(venv, source="project" if inside else "beside")


def _folders(found: Found) -> Iterator[Path]:
    """Up to the repository's top; without a repository up to the folder around the root."""
    root = found.root
    # A package may be imported from above its own folder.
    start = found.base if found.base.is_relative_to(root) else root
    parents = [start, *start.parents]
    top = next((folder for folder in parents if exists(folder / ".git")), None)
    around = next((folder for folder in parents if _has_config(folder)), None)
    last = around or top or root.parent
    for folder in parents:
        if folder == home() or folder.parent == folder:
            return
        yield folder
        if folder == last:
            return


def _venvs_in(folder: Path, *, any_name: bool) -> list[Path]:
    usual = [folder / name for name in USUAL]
    direnv = folder / ".direnv"
    if any_name and is_dir(direnv):
        usual += [path for path in _entries(direnv) if _has_config(path)]
    venvs = [path for path in usual if _is_meant(path)]
    entries = _entries(folder) if any_name else []
    return venvs + [path for path in entries if path not in usual and _has_config(path)]


def _entries(folder: Path) -> list[Path]:
    """None where there is no such folder, or nobody may read it."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _has_config(path: Path) -> bool:
    return is_file(path / "pyvenv.cfg")


def _is_meant(path: Path) -> bool:
    """Also a broken one by a usual name: saying why it cannot be used explains a failure."""
    if _has_config(path) or (path.is_symlink() and not path.exists()):
        return True
    return path.name != "env" and path.is_dir()
