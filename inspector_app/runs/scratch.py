"""Throw-away folders: HOME, TMPDIR and the sandbox's layers of one run."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

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
    if folder.exists():
        _empty(folder)
        with _left_behind(folder):
            folder.rmdir()


def _empty(top: Path) -> None:
    """Delete what is in ``top``, however deeply its folders are nested.

    A path through all of them may be longer than the kernel takes, and a call for each of them more
    than Python takes, so every folder is moved to ``top`` before it is looked into.
    """
    mark = token_hex(8)
    pending, moved = [top], 0
    while pending:
        folder = pending.pop()
        _open_to_owner(folder)
        with _left_behind(folder), os.scandir(folder) as entries:
            # What is moved to the top must not be met there again; elsewhere there may be millions.
            for entry in list(entries) if folder == top else entries:
                with _left_behind(Path(entry.path)):
                    if not entry.is_dir(follow_symlinks=False):
                        os.unlink(entry.path)  # noqa: PTH108 -- there may be very many
                        continue
                    inner, moved = top / f"{mark}-{moved}", moved + 1
                    _open_to_owner(Path(entry.path))
                    pending.append(Path(entry.path).rename(inner))
        if folder != top:
            with _left_behind(folder):
                folder.rmdir()


@contextmanager
def _left_behind(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        logger.warning("left behind: %s: %s", path, error)


def _open_to_owner(folder: Path) -> None:
    with suppress(OSError):
        folder.chmod(0o700)
