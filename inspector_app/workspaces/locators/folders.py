"""What the locators share: the project's folders, and the hashes tools make of their paths."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.found import Found
from inspector_app.workspaces.source import exists, home
from inspector_app.workspaces.walk import is_environment


def project_folders(found: Found) -> list[Path]:
    """The folders a tool may have been started in: manage.py's, and those up to the root.

    Then up to the top of the repository around it, where a monorepo has its one environment.
    """
    base, root = found.base, found.root
    folders = [base]
    if base.is_relative_to(root):
        while folders[-1] != root:
            folders.append(folders[-1].parent)
    top = next((folder for folder in (root, *root.parents) if exists(folder / ".git")), root)
    folder = root
    while folder != top and folder != home():
        folder = folder.parent
        folders.append(folder)
    return list(dict.fromkeys([*folders, root]))


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
