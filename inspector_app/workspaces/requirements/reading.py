"""All requirement and lock files of a project, each read by what knows its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from inspector_app.workspaces.source import is_file

from .asked import Asked
from .conda import NAMES, read_conda
from .locks import LOCKS, read_pipfile_lock, read_toml_lock
from .pip_files import main_file, read_pip_file, read_pip_files
from .setuptools import read_setup_cfg, read_setup_py
from .tables import read_pipfile, read_pyproject

_Readers = Mapping[str, Callable[[Path, str], Iterator[Asked]]]
_MANIFESTS: _Readers = {
    "pyproject.toml": read_pyproject,
    "setup.cfg": read_setup_cfg,
    "setup.py": read_setup_py,
    "Pipfile": read_pipfile,
}
_OF_CONDA: _Readers = dict.fromkeys(NAMES, read_conda)
_LOCKS: _Readers = {**dict.fromkeys(LOCKS, read_toml_lock), "Pipfile.lock": read_pipfile_lock}
_MOST = 10_000


def read_requirements(root: Path, base: Path) -> list[Asked]:
    """What is asked for in ``root`` and in manage.py's folder, in the order of files and lines."""
    found: list[Asked] = []
    folders = dict.fromkeys((root, base))
    for folder in folders:
        found += _read(folder, root, {**_MANIFESTS, **_OF_CONDA, **_LOCKS})
    for folder in folders:
        found += read_pip_files(folder, root)
    return list(dict.fromkeys(found))[:_MOST]


def locked_in(folder: Path, root: Path) -> list[Asked]:
    """What the lock files of one folder pin."""
    return _read(folder, root, _LOCKS)


def declared_in(folder: Path, root: Path) -> list[Asked]:
    """What the manifests of one folder ask for, those of groups included."""
    return _read(folder, root, _MANIFESTS)


def needed(root: Path, base: Path) -> list[Asked]:
    """What the project asks for to run; of manage.py's folder and ``root`` the first that does.

    Lock files are left out: they name everything that is ever installed, for development as well.
    """
    for folder in dict.fromkeys((base, root)):
        found = [one for one in declared_in(folder, root) if not one.group]
        file = main_file(folder)
        found += read_pip_file(file, root) if file is not None else ()
        if found:
            return list(dict.fromkeys(found))
    return []


def _read(folder: Path, root: Path, readers: _Readers) -> list[Asked]:
    found: list[Asked] = []
    for name, read in readers.items():
        path = folder / name
        if is_file(path):
            shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
            found += read(path, shown)
    return found
