"""The static reading of a project: every section tried by itself, each with what it found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from inspector_app.workspaces.environment import in_plain_sight
from inspector_app.workspaces.requirements import DjangoRequirement, read_django_requirement

from .apps import StaticApp, read_apps
from .databases import read_databases
from .migrations import StaticMigrations, read_migrations
from .models import StaticModels, read_models
from .modules import Modules
from .names import Class, Names
from .settings_values import StaticSettings, read_settings

STATIC = "static"

_SHOWN = 5


@dataclass
class StaticReading:
    """What the source text tells. ``sections`` says for each part if it worked and how long."""

    settings: StaticSettings = field(default_factory=StaticSettings)
    apps: list[StaticApp] = field(default_factory=list)
    apps_complete: bool = False
    models: StaticModels = field(default_factory=StaticModels)
    migrations: StaticMigrations = field(default_factory=StaticMigrations)
    django: DjangoRequirement | None = None
    databases: list[dict[str, Any]] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    packages_complete: bool = False
    names: Names | None = None
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)

    def place_of_class(self, module: str, name: str) -> tuple[str, int] | None:
        """The file and line of a class of the project, wherever ``module`` has it from."""
        found = self.names.resolve(module, name) if self.names is not None else None
        if not isinstance(found, Class) or self.names is None:
            return None
        return self.names.modules.shown(found.file), found.outline.line


class Watcher(Protocol):
    """Who is told of each section, and may end the reading by raising between two of them."""

    def expect(self, source: str, names: Iterable[str]) -> None: ...

    def arrive(self, source: str, name: str, *, ok: bool) -> None: ...

    def require_going(self) -> None: ...


def read_project(
    root: Path,
    manage_py: Path,
    settings_module: str,
    packages: Sequence[Path] = (),
    watcher: Watcher | None = None,
) -> StaticReading:
    """Read the project in ``root`` without running any of it.

    ``packages`` are the folders in which its interpreter finds installed apps.
    """
    base = (root / manage_py).parent
    modules = Modules(root, base, packages)
    names = Names(modules)
    reading = StaticReading(names=names, packages_complete=in_plain_sight(packages))

    def settings(notes: list[str]) -> list[str]:
        if not settings_module:
            return ["no settings module is named"]
        modules.adopt(settings_module)
        reading.settings = read_settings(settings_module, modules)
        reading.databases = read_databases(reading.settings, notes)
        reading.unreadable |= reading.settings.unreadable
        problems = [f"{file} {problem}" for file, problem in reading.settings.unreadable.items()]
        return [*reading.settings.notes, *problems]

    def apps(notes: list[str]) -> list[str]:
        entries, reading.apps_complete = reading.settings.strings("INSTALLED_APPS")
        reading.apps = read_apps(entries, names)
        if not entries:
            return ["INSTALLED_APPS cannot be read from the source text"]
        if not reading.apps_complete:
            where = reading.settings.why_in_doubt("INSTALLED_APPS")
            notes.append(
                "INSTALLED_APPS depends on the environment or is computed"
                f"{f' ({where})' if where else ''}, so there may be other apps"
            )
        return []

    def models(notes: list[str]) -> list[str]:
        reading.models = read_models(reading.apps, names, reading.settings)
        notes += reading.models.notes
        reading.unreadable |= names.notes
        return [f"{file} {problem}" for file, problem in names.notes.items()]

    def migrations(_notes: list[str]) -> list[str]:
        reading.migrations = read_migrations(reading.apps, modules, reading.settings)
        problems = reading.migrations.notes
        reading.unreadable |= problems
        return [f"{file} {problem}" for file, problem in problems.items()]

    def requirements(_notes: list[str]) -> list[str]:
        reading.django = read_django_requirement(root, base)
        return []

    _read_all((settings, apps, models, migrations, requirements), reading, watcher)
    return reading


def _read_all(
    parts: Sequence[Callable[[list[str]], list[str]]],
    reading: StaticReading,
    watcher: Watcher | None,
) -> None:
    if watcher is not None:
        watcher.expect(STATIC, [read.__name__ for read in parts])
    for read in parts:
        if watcher is not None:
            watcher.require_going()
        section = reading.sections[read.__name__] = _section(read)
        if watcher is not None:
            watcher.arrive(STATIC, read.__name__, ok=section["ok"])


def _section(read: Callable[[list[str]], list[str]]) -> dict[str, Any]:
    """One part may fail without taking the others with it.

    ``read`` returns what it missed, and adds to its list what is known only in part.
    """
    started = time.monotonic()
    notes: list[str] = []
    try:
        problems = read(notes)
    except (OSError, ValueError, RecursionError) as failure:
        problems = [f"could not be read: {failure}"]
    shown = "; ".join(problems[:_SHOWN])
    more = len(problems) - _SHOWN
    return {
        "source": STATIC,
        "ok": not problems,
        "error": (f"{shown}; and {more} more" if more > 0 else shown) or None,
        "notes": notes,
        "seconds": round(time.monotonic() - started, 4),
    }
