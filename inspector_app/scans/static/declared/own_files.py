"""The Python files of the project's own code, each with the module name that it is imported by."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from inspector_app.scans.static.apps import StaticApp
from inspector_app.scans.static.modules import Modules
from inspector_app.workspaces.looking import looked_at
from inspector_app.workspaces.walk import SKIPPED, is_environment

FILES_LIMIT = 20_000
_FOLDERS_LIMIT = 5_000
# Tests and migrations declare nothing that a running project has.
_NOT_RUN = frozenset({"migrations", "tests", "test", "testing", "fixtures", "static", "templates"})


class OwnFiles:
    """Walks the apps of the project and manage.py's folder once; links are not followed."""

    def __init__(self, apps: list[StaticApp], modules: Modules) -> None:
        self.cut_short = False
        self._modules = modules
        roots = [(app.folder, app.name) for app in apps if app.own and app.folder is not None]
        base = modules.base
        outer = [(base, "")] if base.is_relative_to(modules.root) else []
        # The longest path first: an app in an app has its own name.
        self._roots = sorted(roots, key=lambda root: -len(root[0].parts)) + outer
        self._found: dict[Path, str] | None = None

    def all(self) -> dict[Path, str]:
        """Module names by file; cut short where there are too many."""
        if self._found is None:
            self._found = {}
            for folder, name in self._roots:
                self._walk(folder, name, self._found)
        return self._found

    def _walk(self, folder: Path, name: str, found: dict[Path, str]) -> None:
        pending, looked = [(folder, name)], 0
        while pending:
            current, package = pending.pop()
            looked += 1
            if looked > _FOLDERS_LIMIT:
                self.cut_short = True
                return
            for entry in _entries(current):
                path, stem = Path(entry.path), entry.name.removesuffix(".py")
                if _is_folder(entry):
                    inner = f"{package}.{entry.name}" if package else entry.name
                    if entry.name.isidentifier() and self._is_worth_entering(path):
                        pending.append((path, inner))
                elif entry.name.endswith(".py") and stem.isidentifier() and path not in found:
                    if len(found) >= FILES_LIMIT:
                        self.cut_short = True
                        return
                    own = package if stem == "__init__" else f"{package}.{stem}".lstrip(".")
                    found[path] = own

    def _is_worth_entering(self, folder: Path) -> bool:
        if folder.name in SKIPPED or folder.name in _NOT_RUN:
            return False
        return self._modules.is_own(folder) and not is_environment(folder)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    looked_at(folder)
    try:
        with os.scandir(folder) as entries:
            yield from sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
