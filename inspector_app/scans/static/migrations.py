"""Migration files: their names, what they depend on, and leaves that were never merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector_app.workspaces.looking import looked_at
from inspector_app.workspaces.source import Unreadable, is_file

from .apps import StaticApp
from .migration_files import Link, MigrationFile, read_migration
from .modules import Modules
from .settings_values import StaticSettings
from .values import opened


@dataclass
class StaticMigrations:
    """Migrations for each app label in name order, and conflicting leaves.

    ``unreadable`` are the files that cannot be read, each with why. An entry of the project's own
    has its dependencies and operations; one without them was not looked into.
    """

    apps: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_migrations(
    apps: list[StaticApp], modules: Modules, settings: StaticSettings
) -> StaticMigrations:
    """The migrations on disk; whether one is applied only a database knows.

    Those of installed packages are listed; only the project's own are looked into.
    """
    result = StaticMigrations()
    for app in apps:
        folder = _folder(app, modules, settings)
        if folder is None:
            continue
        files = _files(folder)
        result.apps[app.label] = [
            {"name": file.stem, "applied": None, "file": modules.shown(file), "line": 1}
            for file in files
        ]
        if modules.is_own(folder):
            _look_into(app.label, files, modules, settings, result)
    _note_missing(result)
    return result


def _look_into(
    app_label: str,
    files: list[Path],
    modules: Modules,
    settings: StaticSettings,
    result: StaticMigrations,
) -> None:
    read: dict[str, MigrationFile] = {}
    for file, entry in zip(files, result.apps[app_label], strict=True):
        try:
            read[file.stem] = one = read_migration(file, settings)
        except Unreadable as problem:
            result.unreadable[modules.shown(file)] = str(problem)
            continue
        except RecursionError:
            result.unreadable[modules.shown(file)] = "is nested too deeply"
            continue
        entry.update(_facts(app_label, one))
        if not one.complete:
            result.notes.append(f"{entry['file']} is computed in part")
    leaves = _leaves(app_label, read)
    if len(leaves) > 1:
        result.conflicts.append({"app": app_label, "leaves": leaves})


def _facts(label: str, one: MigrationFile) -> dict[str, Any]:
    initial = one.initial
    return {
        "line": one.line,
        "dependencies": [list(link) for link in one.dependencies],
        "replaces": [list(link) for link in one.replaces],
        "run_before": [list(link) for link in one.run_before],
        # As Django judges where the file does not say it.
        "initial": not _of(label, one.dependencies) if initial is None else initial,
        "atomic": one.atomic,
        "operations": [
            {
                "kind": operation.kind,
                "text": operation.text,
                "model": operation.model,
                "destructive": operation.destructive,
                "line": operation.line,
            }
            for operation in one.operations
        ],
    }


def _note_missing(result: StaticMigrations) -> None:
    """What a migration of the project depends on, and its app on disk has not."""
    there = {(label, one["name"]) for label, found in result.apps.items() for one in found}
    every = [one for found in result.apps.values() for one in found]
    # A squashed migration is there for those that it replaces, which may be deleted.
    there |= {(label, name) for one in every for label, name in one.get("replaces", [])}
    for one in every:
        for label, name in one.get("dependencies", []):
            known = label not in result.apps or name.startswith("__")
            if not known and (label, name) not in there:
                missing = f"{label}.{name}"
                result.notes.append(f"{one['file']} depends on {missing}, which is not there")


def _folder(app: StaticApp, modules: Modules, settings: StaticSettings) -> Path | None:
    """Where the app's migrations are; MIGRATION_MODULES may name another place, or none."""
    elsewhere = settings.names.get("MIGRATION_MODULES")
    if elsewhere is not None and isinstance(elsewhere.data, dict) and app.label in elsewhere.data:
        named = opened(elsewhere.data[app.label]).data
        folder = modules.package(named) if isinstance(named, str) else None
    else:
        folder = app.folder / "migrations" if app.folder is not None else None
    # Without __init__.py Django takes the app for one without migrations.
    return folder if folder is not None and is_file(folder / "__init__.py") else None


def _files(folder: Path) -> list[Path]:
    looked_at(folder)
    try:
        files = sorted(folder.glob("*.py"))
    except OSError:
        return []
    return [file for file in files if not file.name.startswith(("_", "~"))]


def _leaves(label: str, read: dict[str, MigrationFile]) -> list[str]:
    """Those that no other one follows, a squashed migration standing for what it replaces."""
    replaced = {name: _of(label, one.replaces) for name, one in read.items()}
    stands_for = {old: name for name, olds in replaced.items() for old in olds}
    nodes = set(read) - set(stands_for)
    followed: set[str] = set()
    for name, one in read.items():
        itself = stands_for.get(name, name)
        depends = {stands_for.get(other, other) for other in _of(label, one.dependencies)}
        followed |= depends - {itself}
    return sorted(nodes - followed)


def _of(label: str, links: list[Link]) -> set[str]:
    """The migrations of the app itself among ``links``."""
    return {name for app_label, name in links if app_label == label}
