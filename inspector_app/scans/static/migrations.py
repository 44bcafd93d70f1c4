"""Migration files: their names, what they depend on, and leaves that were never merged."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector_app.workspaces.source import Unreadable, literal, parse

from .apps import StaticApp
from .modules import Modules


@dataclass
class StaticMigrations:
    """Migrations for each app label in name order, conflicting leaves, and unreadable files."""

    apps: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_migrations(apps: list[StaticApp], modules: Modules) -> StaticMigrations:
    """The migrations of the project's own apps; whether one is applied only a database knows."""
    result = StaticMigrations()
    for app in apps:
        folder = app.folder / "migrations" if app.folder is not None else None
        if folder is None or not folder.is_dir():
            continue
        depends: dict[str, set[str]] = {}
        entries = []
        for file in sorted(folder.glob("*.py")):
            if file.name.startswith(("_", "~")):
                continue
            name = file.stem
            try:
                wanted, replaced = _read(file, app.label)
            except Unreadable as error:
                result.notes.append(f"{modules.shown(file)} {error}")
                continue
            depends[name] = wanted
            # What a squashed migration replaces is no leaf of its own.
            for old in replaced:
                depends[name].add(old)
            entries.append({"name": name, "applied": None, "file": modules.shown(file), "line": 1})
        result.apps[app.label] = entries
        leaves = sorted(set(depends) - set().union(*depends.values())) if depends else []
        if len(leaves) > 1:
            result.conflicts.append({"app": app.label, "leaves": leaves})
    return result


def _read(file: Path, label: str) -> tuple[set[str], set[str]]:
    """The migrations of the same app that this one depends on, and those it replaces."""
    values: dict[str, object] = {}
    for node in parse(file).body:
        if isinstance(node, ast.ClassDef) and node.name == "Migration":
            for statement in node.body:
                if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                    values[statement.targets[0].id] = _pairs(statement.value)
    return _names(values.get("dependencies"), label), _names(values.get("replaces"), label)


def _pairs(node: ast.expr) -> list[object]:
    """The literal elements of a list; calls such as swappable_dependency() are passed over."""
    if not isinstance(node, (ast.List, ast.Tuple)):
        return []
    return [value for value in map(literal, node.elts) if value is not None]


def _names(pairs: object, label: str) -> set[str]:
    if not isinstance(pairs, list):
        return set()
    return {
        pair[1] for pair in pairs if isinstance(pair, tuple) and len(pair) == 2 and pair[0] == label
    }
