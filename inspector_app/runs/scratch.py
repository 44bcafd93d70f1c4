"""Throw-away folders: HOME, TMPDIR and the sandbox's layers of one run."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

# Given back with the folder, so that a command that fills the disk leaves room to write that down.
RESERVED_BYTES = 512 * 1024

logger = logging.getLogger(__name__)


def scratch_root() -> Path:
    return Path(settings.DJDESK_RUNS_DIR).parent / "scratch"


@contextmanager
def scratch() -> Iterator[Path]:
    """A new private folder, gone at the end with whatever a command left in it."""
    root = scratch_root()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=root))
    try:
        _reserve(folder / "reserve")
        yield folder
    finally:
        remove(folder)


def _reserve(path: Path) -> None:
    with path.open("wb") as file:
        if sys.platform == "linux":
            # Unlike zeros that are written, this takes its room at once and on every file system.
            os.posix_fallocate(file.fileno(), 0, RESERVED_BYTES)
        else:
            file.write(bytes(RESERVED_BYTES))


def remove(folder: Path) -> None:
    """Delete a scratch folder, including folders that deny their owner.

    A command may leave such folders, and so does the overlay's own work folder.
    """
    if not folder.exists():
        return
    _open_to_owner(folder)
    for path, names, _ in os.walk(folder):
        for name in names:
            _open_to_owner(Path(path, name))
    shutil.rmtree(folder, onerror=_log)


def _open_to_owner(folder: Path) -> None:
    if not folder.is_symlink():
        with suppress(OSError):
            folder.chmod(0o700)


def _log(_function: object, path: str, error: tuple[object, BaseException, object]) -> None:
    logger.warning("left behind: %s: %s", path, error[1])
