"""What is installed in a Python environment, read from its files without starting it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

_VERSION_DIR = re.compile(r"python(\d+\.\d+)\Z")


@dataclass(frozen=True)
class Environment:
    """One Python that could run a project.

    ``problem`` says why it cannot, in words; versions are empty strings where no file tells them.
    """

    path: Path
    source: str
    python: str = ""
    django: str = ""
    problem: str = ""


def read_venv(folder: Path, source: str) -> Environment:
    """The virtual environment in ``folder``, recognised by its pyvenv.cfg."""
    config = _config(folder / "pyvenv.cfg")
    python = _interpreter(folder)
    version = config.get("version_info") or config.get("version") or ""
    version = ".".join(version.split(".")[:3])
    if python is None:
        return Environment(
            folder / _BIN / "python", source, version, problem="it holds no Python executable"
        )
    if not python.exists():
        target = python.readlink() if python.is_symlink() else str(python)
        return Environment(
            python, source, version, problem=f"its Python is a link to {target}, which is gone"
        )
    if not os.access(python, os.X_OK):
        return Environment(python, source, version, problem="its Python may not be executed")
    django = ""
    for packages in _site_packages(folder):
        django = django or installed_version(packages, "django")
    return Environment(python, source, version, django)


def installed_version(packages: Path, distribution: str) -> str:
    """The version of ``distribution`` in a site-packages folder, or an empty string."""
    wanted = distribution.replace("-", "_").lower()
    try:
        names = os.listdir(packages)  # noqa: PTH208 -- names are all that is needed
    except OSError:
        return ""
    for name in names:
        stem, _, suffix = name.rpartition(".")
        if suffix in ("dist-info", "egg-info"):
            project, _, version = stem.partition("-")
            if project.lower() == wanted and version:
                return version.split("-")[0]
    return ""


_BIN = "Scripts" if os.name == "nt" else "bin"


def _config(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines)
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _interpreter(folder: Path) -> Path | None:
    names = ["python.exe"] if os.name == "nt" else ["python", "python3"]
    for name in names:
        path = folder / _BIN / name
        if path.is_symlink() or path.exists():
            return path
    return None


def _site_packages(folder: Path) -> list[Path]:
    if os.name == "nt":
        return [folder / "Lib" / "site-packages"]
    try:
        versions = [p for p in (folder / "lib").iterdir() if _VERSION_DIR.match(p.name)]
    except OSError:
        return []
    return [version / "site-packages" for version in sorted(versions)]
