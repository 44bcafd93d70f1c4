"""Paths that a project's own output names: believed only once they are found inside the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inspector_app.errors import Problem

PATH_MOST = 4096


def file_in(root: Path, path: Any, folder: str) -> Path:
    """The file that ``path`` names, relative to ``folder``, links resolved.

    Raises:
        Problem: ``bad_path`` when that is no file in ``root``.
    """
    if isinstance(path, str) and 0 < len(path) <= PATH_MOST and "\0" not in path:
        try:
            found = Path(folder, path).resolve(strict=True)
            if found.is_relative_to(root.resolve(strict=True)) and found.is_file():
                return found
        except (OSError, RuntimeError, ValueError):
            # Gone, not ours to read, links in a circle, or no path at all.
            pass
    raise Problem("bad_path", "That is not a file of this project any more.", field="path")
