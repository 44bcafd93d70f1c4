"""Places in installed packages, whose paths are long and say little."""

from __future__ import annotations

from pathlib import PurePath

_FOLDERS = ("site-packages", "dist-packages")


def in_packages(file: str) -> bool:
    """Whether a report's path is outside the project, or in packages installed in it."""
    path = PurePath(file)
    return path.is_absolute() or any(folder in path.parts for folder in _FOLDERS)


def short_path(file: str) -> str:
    """``file`` from the package on, where it is in one."""
    for folder in _FOLDERS:
        before, found, inside = file.rpartition(f"/{folder}/")
        if found and before:
            return inside
    return file
