"""Throw-away folders: HOME, TMPDIR and the sandbox's layers of one run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def scratch_root() -> Path:
    return Path(settings.DJDESK_RUNS_DIR).parent / "scratch"


@contextmanager
def scratch() -> Iterator[Path]:
    """A new private folder, gone at the end with whatever a command left in it."""
    root = scratch_root()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=root))
    try:
        yield folder
    finally:
        _make_removable(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _make_removable(folder: Path) -> None:
    """A command, and the overlay's own work folder, may leave folders that deny their owner."""
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
