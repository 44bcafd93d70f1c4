"""Projects and environments as they lie on disk, made with the tools that make them."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.projects import MANAGE_PY, base_python

NOBODY = 65534


def make_manage_py(folder: Path, settings: str = "shop.settings") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "manage.py"
    script.write_text(MANAGE_PY.format(settings=settings))
    return script


def make_venv(folder: Path, *, django: str = "", options: tuple[str, ...] = ()) -> Path:
    """A real virtual environment; ``django`` is the version its site-packages say it has."""
    argv = [base_python(), "-m", "venv", "--without-pip", *options, str(folder)]
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
    if django:
        add_django(next((folder / "lib").glob("python3.*")) / "site-packages", django)
    return folder / "bin" / "python"


def add_django(packages: Path, version: str) -> None:
    """What pip writes for an installed Django, as far as its version is concerned."""
    info = packages / f"django-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: Django\nVersion: {version}\n")


@contextmanager
def without_rights() -> Iterator[Path]:
    """A new folder, and no right of root's while it is used: permissions mean what they say."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(user)
