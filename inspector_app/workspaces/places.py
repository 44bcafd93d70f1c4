"""Paths that a page or a project's output names: believed only once found where they may lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inspector_app.errors import Problem
from inspector_app.models import Workspace

PATH_MOST = 4096


def place_in(workspace: Workspace, path: Any) -> Path:
    """The file that ``path`` names, links resolved: of the project, or of what it imports.

    A relative path is looked for in the project's folder, then in that of its ``manage.py``, which
    is where commands run.

    Raises:
        Problem: ``bad_path`` when that is no such file.
    """
    if isinstance(path, str) and 0 < len(path) <= PATH_MOST and "\0" not in path:
        root = workspace.root_path
        allowed = [real for one in _allowed(workspace) if (real := _real(one)) is not None]
        for folder in (root, root / Path(workspace.manage_py).parent):
            found = _real(folder / path)
            if found is None or not found.is_file():
                continue
            if any(found.is_relative_to(one) for one in allowed):
                return found
    raise Problem("bad_path", "That is not a file of this project any more.", field="path")


def _allowed(workspace: Workspace) -> Iterator[Path]:
    """The project, and the libraries of its interpreter, which tracebacks lead through."""
    yield workspace.root_path
    if not workspace.interpreter or workspace.bundled:
        return
    python = Path(workspace.interpreter)
    # An environment has packages of its own; the standard library lies where its links lead to.
    for program in (python, _real(python)):
        if program is None:
            continue
        prefix = program.parent.parent
        yield from prefix.glob("lib*/python3*")
        yield prefix / "Lib"


def _real(path: Path) -> Path | None:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        # Gone, not ours to read, links in a circle, or no path at all.
        return None
