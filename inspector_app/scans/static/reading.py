"""The static reading of a project: every section tried by itself, each with what it found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector_app.workspaces.requirements import DjangoRequirement, read_django_requirement

from .apps import StaticApp, read_apps
from .assignments import StaticSettings
from .migrations import StaticMigrations, read_migrations
from .models import StaticModels, read_models
from .modules import Modules
from .settings_values import read_settings


@dataclass
class StaticReading:
    """What the source text tells. ``sections`` says for each part if it worked and how long."""

    settings: StaticSettings = field(default_factory=StaticSettings)
    apps: list[StaticApp] = field(default_factory=list)
    apps_complete: bool = False
    models: StaticModels = field(default_factory=StaticModels)
    migrations: StaticMigrations = field(default_factory=StaticMigrations)
    django: DjangoRequirement | None = None
    databases: list[dict[str, str]] = field(default_factory=list)
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_project(root: Path, manage_py: Path, settings_module: str) -> StaticReading:
    """Read the project in ``root`` without running any of it."""
    reading = StaticReading()
    modules = Modules(root, (root / manage_py).parent)
    with _section(reading, "settings", lambda: reading.settings.notes):
        if settings_module:
            reading.settings = read_settings(settings_module, modules)
        else:
            reading.settings.notes.append("no settings module is named")
        reading.databases = _databases(reading.settings)
    with _section(reading, "apps", list):
        entries, reading.apps_complete = reading.settings.strings("INSTALLED_APPS")
        reading.apps = read_apps(entries, modules)
    with _section(reading, "models", lambda: reading.models.notes):
        reading.models = read_models(reading.apps, modules)
    with _section(reading, "migrations", lambda: reading.migrations.notes):
        reading.migrations = read_migrations(reading.apps, modules)
    with _section(reading, "requirements", list):
        reading.django = read_django_requirement(root, (root / manage_py).parent)
    return reading


@contextmanager
def _section(reading: StaticReading, name: str, notes: Callable[[], list[str]]) -> Iterator[None]:
    """One part may fail without taking the others with it."""
    started = time.monotonic()
    error: str | None = None
    try:
        yield
    except (OSError, ValueError, RecursionError) as failure:
        error = f"could not be read: {failure}"
    problems = notes()
    if error is None and problems:
        error = "; ".join(problems[:5])
    reading.sections[name] = {
        "source": "static",
        "ok": error is None,
        "error": error,
        "seconds": round(time.monotonic() - started, 4),
    }


def _databases(settings: StaticSettings) -> list[dict[str, str]]:
    assigned = settings.names.get("DATABASES")
    if assigned is None or not isinstance(assigned.value, dict):
        return []
    found = []
    for alias, options in assigned.value.items():
        engine = options.get("ENGINE") if isinstance(options, dict) else None
        found.append({"alias": str(alias), "engine": str(engine or "").rpartition(".")[2]})
    return found
