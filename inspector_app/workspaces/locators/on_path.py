"""The first python3 and python on PATH; they count only when Django is installed beside them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, read_installation, read_venv
from inspector_app.workspaces.found import Found

_NAMES = ("python.exe",) if os.name == "nt" else ("python3", "python")


def locate(found: Found) -> Iterator[Environment]:  # noqa: ARG001 -- every locator takes the project
    yield from pythons_on(os.environ.get("PATH", ""), source="PATH")


def pythons_on(path: str, source: str) -> Iterator[Environment]:
    """The Pythons that a shell with that PATH would start."""
    seen = set()
    for name in _NAMES:
        where = shutil.which(name, path=path) if path else None
        if where is None:
            continue
        python = Path(where)
        # A shim of pyenv is a shell script: what it starts is not known without starting it.
        one = (python.parent, python.resolve())
        if python.parent.name == "shims" or one in seen:
            continue
        seen.add(one)
        venv = python.parent.parent
        if (venv / "pyvenv.cfg").is_file():
            yield read_venv(venv, source)
        else:
            yield read_installation(python, source)
