"""Real projects from the package index, installed once into the user's cache and kept there.

Tests that use one are marked ``projects``. A project is used where it is installed, read-only.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(os.environ.get("DJDESK_TEST_PROJECTS") or Path.home() / ".cache/djdesk/projects")
_STAMP = "djdesk-installed"


@dataclass(frozen=True)
class RealProject:
    """An installed project: the folder to open, its settings and its own Python."""

    root: Path
    settings: str
    python: Path


def wagtail() -> RealProject:
    """Wagtail's own test project: 40 apps, 274 models, a swapped page model, one custom user."""
    venv = environment("wagtail", "wagtail==8.0.1", "jinja2", "boto3", "azure-mgmt-cdn")
    return RealProject(
        _packages(venv) / "wagtail" / "test", "wagtail.test.settings", venv / "bin" / "python"
    )


def nemo() -> RealProject:
    """NEMO, a laboratory's logistics: one big app. Its wheel has no manage.py, so it gets one."""
    venv = environment("NEMO", "NEMO==8.1.5", "packaging")
    root = CACHE / "NEMO-project"
    settings = "NEMO.tests.test_settings"
    root.mkdir(exist_ok=True)
    _write(root / "manage.py", MANAGE_PY.format(settings=settings))
    _link(root / ".venv", venv)
    return RealProject(root, settings, root / ".venv" / "bin" / "python")


MANAGE_PY = """\
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{settings}")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
"""


def base_python() -> str:
    """A Python that makes environments like a user's: the one this environment was made from."""
    return getattr(sys, "_base_executable", sys.executable)


def environment(name: str, *requirements: str) -> Path:
    """An environment with ``requirements``, made anew when they differ from what it has."""
    venv = CACHE / f"{name}-venv"
    stamp = venv / _STAMP
    wanted = "\n".join(requirements)
    with _lock(name):
        if not stamp.is_file() or stamp.read_text() != wanted:
            shutil.rmtree(venv, ignore_errors=True)
            _run(base_python(), "-m", "venv", str(venv))
            _run(str(venv / "bin" / "pip"), "install", "--quiet", "--no-compile", *requirements)
            stamp.write_text(wanted)
    return venv


def _packages(venv: Path) -> Path:
    return next((venv / "lib").glob("python3.*")) / "site-packages"


@contextmanager
def _lock(name: str) -> Iterator[None]:
    """One test process at a time installs; the others wait for it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _run(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(argv)}\n{done.stdout}\n{done.stderr}")


def _write(path: Path, text: str) -> None:
    if not path.is_file() or path.read_text() != text:
        path.write_text(text)


def _link(link: Path, target: Path) -> None:
    if not link.is_symlink() or link.readlink() != target:
        link.unlink(missing_ok=True)
        link.symlink_to(target)
