"""The Python that .python-version names, in pyenv's folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, read_installation, read_venv
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.source import home, is_dir, read_text

from .folders import project_folders

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}\Z")


def locate(found: Found) -> Iterator[Environment]:
    versions = Path(os.environ.get("PYENV_ROOT") or home() / ".pyenv") / "versions"
    for name in _named(found):
        folder = _installed(versions, name)
        if folder is None:
            yield Environment(
                versions / name / "bin" / "python",
                "pyenv",
                problem=f".python-version names {name}, which pyenv has not installed",
            )
        else:
            yield _read(folder)


def _read(folder: Path) -> Environment:
    # pyenv-virtualenv keeps its environments among the versions.
    if (folder / "pyvenv.cfg").is_file():
        return read_venv(folder, "pyenv")
    version = folder.name if folder.name[0].isdigit() else ""
    return read_installation(folder / "bin" / "python", "pyenv", version)


def _named(found: Found) -> list[str]:
    for folder in project_folders(found):
        lines = [line.strip() for line in read_text(folder / ".python-version").splitlines()]
        if lines:
            return [line for line in lines if _NAME.match(line)]
    return []


def _installed(versions: Path, name: str) -> Path | None:
    """The folder of that very version; ``3.12`` is the newest 3.12."""
    if is_dir(versions / name):
        return versions / name
    try:
        patches = [
            path for path in versions.glob(f"{name}.*") if path.name.split(".")[-1].isdigit()
        ]
    except OSError:
        return None
    return max(patches, key=lambda path: int(path.name.split(".")[-1]), default=None)
