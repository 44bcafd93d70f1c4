"""What the locators share: the project's folders, and the hashes tools make of their paths."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.find import Found
from inspector_app.workspaces.walk import is_environment


def project_folders(found: Found) -> list[Path]:
    """The folders a tool may have been started in: manage.py's, and those up to the root."""
    folders = [found.script.parent]
    while folders[-1] != found.root:
        folders.append(folders[-1].parent)
    return folders


def short_hash(path: Path, algorithm: str = "sha256") -> str:
    """The eight characters by which poetry, hatch, pipenv and pdm tell projects apart."""
    digest = hashlib.new(algorithm, os.fsencode(path), usedforsecurity=False).digest()
    return base64.urlsafe_b64encode(digest).decode()[:8]


def environments_in(folder: Path, *patterns: str) -> Iterator[Path]:
    """The environments in ``folder`` whose names match, in name order."""
    try:
        paths = sorted({path for pattern in patterns for path in folder.glob(pattern)})
        yield from (path for path in paths if is_environment(path))
    except OSError:
        return
