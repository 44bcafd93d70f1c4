"""Migrations on disk, and what makemigrations would add; no database is asked."""

from __future__ import annotations

import sys
from traceback import walk_tb
from typing import Any

from .failures import print_traceback
from .plain import text

_MOST_OPERATIONS = 400
# What takes data with it when it runs.
_DESTRUCTIVE = ("DeleteModel", "RemoveField")


def read(notes: list[str]) -> dict[str, Any]:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, load=False, ignore_no_migrations=True)
    problem = None
    try:
        loader.build_graph()
    except Exception as error:
        # The files are loaded before the graph is built of them. One that cannot be imported, as
        # one that asks the database while it is, hides those that would have come after it.
        if _raised_in(error, "load_disk"):
            raise
        print_traceback(error)
        problem = text(error)
        notes.append(f"the graph of migrations cannot be built: {problem}")
    apps: dict[str, list[dict[str, Any]]] = {}
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        apps.setdefault(text(label), []).append(_entry(name, migration))
    conflicts = loader.detect_conflicts() if problem is None else {}
    return {
        "apps": apps,
        "conflicts": [
            {"app": text(label), "leaves": sorted(text(name) for name in names)}
            for label, names in sorted(conflicts.items())
        ],
        "unmigrated": sorted(text(label) for label in loader.unmigrated_apps),
        "missing": _missing(loader, notes) if problem is None and not conflicts else None,
    }


def _raised_in(error: BaseException, function: str) -> bool:
    frames = walk_tb(error.__traceback__)
    return any(frame.f_code.co_name == function for frame, _ in frames)


def _entry(name: str, migration: Any) -> dict[str, Any]:
    module = sys.modules.get(type(migration).__module__)
    operations = list(migration.operations)
    return {
        "name": text(name),
        "file": text(getattr(module, "__file__", None) or ""),
        "dependencies": _pairs(migration.dependencies),
        "replaces": _pairs(migration.replaces),
        "run_before": _pairs(migration.run_before),
        "initial": bool(migration.initial)
        or (migration.initial is None and not _has_own_parent(migration)),
        "atomic": bool(migration.atomic),
        "operations": [_operation(one) for one in operations[:_MOST_OPERATIONS]],
    }


def _has_own_parent(migration: Any) -> bool:
    return any(one[0] == migration.app_label for one in migration.dependencies)


def _pairs(dependencies: Any) -> list[list[str]]:
    return [[text(part) for part in tuple(one)[:2]] for one in dependencies or ()]


def _operation(one: Any) -> dict[str, Any]:
    try:
        said = text(one.describe())
    except Exception:
        said = type(one).__name__
    model = getattr(one, "model_name", None)
    if model is None and "Model" in type(one).__name__:
        model = getattr(one, "name", None)
    return {
        "kind": type(one).__name__,
        "text": said,
        "model": None if model is None else text(model),
        "destructive": type(one).__name__ in _DESTRUCTIVE,
    }


def _missing(loader: Any, notes: list[str]) -> list[dict[str, str]] | None:
    """The changes for which there is no migration yet, in makemigrations' words."""
    from django.apps import apps
    from django.core.management.commands.makemigrations import Command
    from django.db.migrations import autodetector
    from django.db.migrations.state import ProjectState

    # Since Django 5.2 a project may have its own detector.
    detector_class = getattr(Command, "autodetector", None) or autodetector.MigrationAutodetector
    try:
        # Without a questioner it neither asks nor gives up where makemigrations would have to ask.
        detector = detector_class(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
    except Exception as error:
        print_traceback(error)
        notes.append(f"missing migrations are not known: {text(error, 300)}")
        return None
    return [
        {"app": text(label), "text": text(_describe(operation))}
        for label, migrations in sorted(changes.items())
        for migration in migrations
        for operation in migration.operations
    ]


def _describe(operation: Any) -> str:
    return str(operation.describe())
