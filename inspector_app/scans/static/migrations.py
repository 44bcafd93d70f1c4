"""Migration files: their names, what they depend on, and leaves that were never merged."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector_app.workspaces.source import Unreadable, is_file, literal, parse

from .apps import StaticApp
from .modules import Modules
from .settings_values import StaticSettings
from .values import opened


@dataclass
class StaticMigrations:
    """Migrations for each app label in name order, and conflicting leaves.

    ``notes`` are the files that cannot be read, each with why.
    """

    apps: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


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
            _add_conflict(app.label, files, modules, result)
    return result


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
    try:
        files = sorted(folder.glob("*.py"))
    except OSError:
        return []
    return [file for file in files if not file.name.startswith(("_", "~"))]


def _add_conflict(
    label: str, files: list[Path], modules: Modules, result: StaticMigrations
) -> None:
    read: dict[str, _Links] = {}
    for file in files:
        try:
            read[file.stem] = _links(file, label)
        except Unreadable as problem:
            result.notes[modules.shown(file)] = str(problem)
    leaves = _leaves(read)
    if len(leaves) > 1:
        result.conflicts.append({"app": label, "leaves": leaves})


@dataclass(frozen=True)
class _Links:
    """The migrations of the same app that one depends on, and those it replaces."""

    depends: frozenset[str]
    replaces: frozenset[str]


def _leaves(read: dict[str, _Links]) -> list[str]:
    """Those that no other one follows, a squashed migration standing for what it replaces."""
    stands_for = {old: name for name, links in read.items() for old in links.replaces}
    nodes = set(read) - set(stands_for)
    followed: set[str] = set()
    for name, links in read.items():
        itself = stands_for.get(name, name)
        followed |= {stands_for.get(other, other) for other in links.depends} - {itself}
    return sorted(nodes - followed)


def _links(file: Path, label: str) -> _Links:
    values: dict[str, frozenset[str]] = {}
    for node in parse(file).body:
        if isinstance(node, ast.ClassDef) and node.name == "Migration":
            for statement in node.body:
                match statement:
                    case (
                        ast.Assign(targets=[ast.Name(id=name)], value=value)
                        | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                    ):
                        values[name] = _names(value, label)
    return _Links(values.get("dependencies", frozenset()), values.get("replaces", frozenset()))


def _names(node: ast.expr, label: str) -> frozenset[str]:
    """The second parts of the pairs whose first is ``label``; calls are passed over."""
    if not isinstance(node, (ast.List, ast.Tuple)):
        return frozenset()
    pairs = [literal(element) for element in node.elts]
    return frozenset(
        str(pair[1])
        for pair in pairs
        if isinstance(pair, tuple) and len(pair) == 2 and pair[0] == label
    )
