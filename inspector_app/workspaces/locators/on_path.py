"""The first python3 on PATH; it counts only when Django is installed beside it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, installed_version, read_venv
from inspector_app.workspaces.find import Found

_EXECUTABLE = re.compile(r"python(\d+\.\d+)\Z")


def locate(found: Found) -> Iterator[Environment]:  # noqa: ARG001 -- every locator takes the project
    name = "python.exe" if os.name == "nt" else "python3"
    where = shutil.which(name)
    if where is None:
        return
    path = Path(where)
    # A shim of pyenv is a shell script: what it would start is not known without starting it.
    if path.parent.name == "shims":
        return
    venv = path.parent.parent
    if (venv / "pyvenv.cfg").is_file():
        yield read_venv(venv, source="PATH")
        return
    match = _EXECUTABLE.match(path.resolve().name)
    version = match[1] if match else ""
    django = ""
    for folder in _packages(path, version):
        django = django or installed_version(folder, "django")
    yield Environment(path, "PATH", python=version, django=django)


def _packages(path: Path, version: str) -> list[Path]:
    prefix = path.resolve().parent.parent
    home = Path.home() / ".local"
    return [
        home / "lib" / f"python{version}" / "site-packages",
        prefix / "local" / "lib" / f"python{version}" / "dist-packages",
        prefix / "lib" / f"python{version}" / "site-packages",
        prefix / "lib" / "python3" / "dist-packages",
    ]
