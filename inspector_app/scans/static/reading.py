"""The static reading of a project: every section tried by itself, each with what it found."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Protocol

from inspector_app.workspaces.environment import in_plain_sight
from inspector_app.workspaces.requirements.of_django import (
    DjangoRequirement,
    read_django_requirement,
)
from inspector_app.workspaces.requirements.reading import read_requirements

from .apps import StaticApp, read_apps
from .changed_settings import settings_entry
from .databases import read_databases
from .declared.reading import Declared
from .defaults import read_defaults
from .kept import kept_or
from .migrations import StaticMigrations, read_migrations
from .models import StaticModels, read_models
from .modules import Modules
from .names import Class, Names
from .settings_sections import Effective, middleware, static_files, templates
from .settings_values import StaticSettings, read_settings
from .urls.reading import StaticUrls, read_urls
from .urls.scope import Project

STATIC = "static"

logger = logging.getLogger(__name__)

_SHOWN = 5
_DECLARED = ("admin", "signals", "commands", "tasks")


@dataclass
class StaticReading:
    """What the source text tells. ``sections`` says for each part if it worked and how long.

    ``parts`` are those that a report has as they are here, under their names.
    """

    settings: StaticSettings = field(default_factory=StaticSettings)
    apps: list[StaticApp] = field(default_factory=list)
    apps_complete: bool = False
    models: StaticModels = field(default_factory=StaticModels)
    migrations: StaticMigrations = field(default_factory=StaticMigrations)
    urls: StaticUrls = field(default_factory=StaticUrls)
    changed_settings: dict[str, Any] = field(default_factory=lambda: {"changed": []})
    parts: dict[str, Any] = field(default_factory=dict)
    django: DjangoRequirement | None = None
    databases: list[dict[str, Any]] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    packages_complete: bool = False
    added_folders: tuple[Path, ...] = ()
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


class Unwatched:
    """A watcher for a reading that nobody waits for."""

    def expect(self, source: str, names: Iterable[str]) -> None:
        """Nobody is told."""

    def arrive(self, source: str, name: str, *, ok: bool) -> None:
        """Nobody is told."""

    def require_going(self) -> None:
        """Nobody can stop it."""


def read_project(
    root: Path,
    manage_py: Path,
    settings_module: str,
    packages: Sequence[Path] = (),
    watcher: Watcher | None = None,
    known: Mapping[str, Any] | None = None,
) -> StaticReading:
    """Read the project in ``root`` without running any of it.

    ``packages`` are the folders in which its interpreter finds installed apps; ``known`` are the
    settings where they could be run, and their source text may say less.
    """
    base = (root / manage_py).parent
    told_settings = repr(known) if known is not None else None
    key = (root, base, settings_module, tuple(packages), told_settings)
    told = watcher or Unwatched()
    reading: StaticReading = kept_or(
        key, lambda: _read(root, base, settings_module, packages, told, known)
    )
    _tell_kept(reading, told)
    modules = Modules(root, base, packages)
    for folder in reading.added_folders:
        modules.put_on_path(folder)
    if settings_module:
        modules.adopt(settings_module)
    reading.names = Names(modules)
    return reading


def _tell_kept(reading: StaticReading, watcher: Watcher) -> None:
    """What was read before and is the same has arrived as well; what was just told stays told."""
    watcher.expect(STATIC, reading.sections)
    for name, section in reading.sections.items():
        watcher.require_going()
        watcher.arrive(STATIC, name, ok=section["ok"])


def _read(
    root: Path,
    base: Path,
    settings_module: str,
    packages: Sequence[Path],
    watcher: Watcher,
    known: Mapping[str, Any] | None,
) -> StaticReading:
    """Without the names, which are told again when they are asked for."""
    modules = Modules(root, base, packages)
    reading = StaticReading(packages_complete=in_plain_sight(packages))
    sections = _Sections(reading, modules, settings_module, known)
    parts = sections.all()
    watcher.expect(STATIC, parts)
    for name, read in parts.items():
        watcher.require_going()
        section = reading.sections[name] = _section(name, read)
        watcher.arrive(STATIC, name, ok=section["ok"])
    return reading


class _Sections:
    """The parts of one reading, each filled in by a method that returns what it missed."""

    def __init__(
        self,
        reading: StaticReading,
        modules: Modules,
        settings_module: str,
        known: Mapping[str, Any] | None,
    ) -> None:
        self._known = known
        self._reading = reading
        self._modules = modules
        self._names = Names(modules)
        self._settings_module = settings_module

    def all(self) -> dict[str, Callable[[list[str]], list[str]]]:
        """By their names in a report, in the order in which one needs another."""
        return {
            "settings": self._settings,
            "apps": self._apps,
            "models": self._models,
            "migrations": self._migrations,
            "urls": self._urls,
            "requirements": self._requirements,
            "middleware": partial(self._of_settings, middleware),
            "templates": partial(self._of_settings, templates),
            "static_files": partial(self._of_settings, static_files),
            **{name: partial(self._declared, name) for name in _DECLARED},
        }

    def _settings(self, notes: list[str]) -> list[str]:
        if not self._settings_module:
            return ["no settings module is named"]
        self._modules.adopt(self._settings_module)
        settings = read_settings(self._settings_module, self._modules)
        self._reading.added_folders = self._modules.added
        self._reading.packages_complete &= self._modules.path_is_known
        if settings.missing and self._known is None:
            self._reading.settings = settings
            return [self._missing]
        defaults = read_defaults(self._modules)
        settings.defaults = defaults.names
        if self._known is not None:
            settings.become(self._known)
        self._reading.settings = settings
        self._reading.changed_settings = settings_entry(settings, defaults)
        if defaults.own:
            notes.append("Django's defaults are those of DJDesk's own Django")
        notes += [
            f"{place}: what is done there was not followed, and can set anything"
            for place in dict.fromkeys(settings.opaque)
        ]
        notes += [
            f"{name} was not found, so nothing is taken from it"
            for name in dict.fromkeys(settings.absent)
        ]
        self._reading.databases = read_databases(settings, notes)
        self._reading.unreadable |= settings.unreadable
        return [*settings.notes, *_problems(settings.unreadable)]

    @property
    def _missing(self) -> str:
        return f"{self._settings_module} was not found"

    def _apps(self, notes: list[str]) -> list[str]:
        reading = self._reading
        if reading.settings.missing:
            return [self._missing]
        entries, reading.apps_complete = reading.settings.strings("INSTALLED_APPS")
        reading.apps = read_apps(entries, self._names)
        if not entries and not (
            "INSTALLED_APPS" in reading.settings.names and reading.apps_complete
        ):
            inside = (
                " (it is set in a class)" if reading.settings.in_a_class("INSTALLED_APPS") else ""
            )
            return [f"INSTALLED_APPS cannot be read from the source text{inside}"]
        if not reading.apps_complete:
            where = reading.settings.why_in_doubt("INSTALLED_APPS")
            notes.append(
                "INSTALLED_APPS depends on the environment or is computed"
                f"{f' ({where})' if where else ''}, so there may be other apps"
            )
        return []

    def _models(self, notes: list[str]) -> list[str]:
        reading = self._reading
        reading.models = read_models(reading.apps, self._names, reading.settings)
        notes += reading.models.notes
        reading.unreadable |= self._names.notes
        return _problems(self._names.notes)

    def _migrations(self, notes: list[str]) -> list[str]:
        reading = self._reading
        reading.migrations = read_migrations(reading.apps, self._modules, reading.settings)
        notes += reading.migrations.notes
        reading.unreadable |= reading.migrations.unreadable
        return _problems(reading.migrations.unreadable)

    def _urls(self, notes: list[str]) -> list[str]:
        reading = self._reading
        if reading.settings.missing:
            return [self._missing]
        project = Project(
            self._names, reading.settings, reading.apps, apps_complete=reading.apps_complete
        )
        reading.urls = read_urls(project)
        notes += reading.urls.notes
        return _problems(reading.urls.unreadable)

    def _requirements(self, _notes: list[str]) -> list[str]:
        root, base = self._modules.root, self._modules.base
        self._reading.django = read_django_requirement(root, base)
        self._reading.parts["requirements"] = [
            one.as_dict() for one in read_requirements(root, base)
        ]
        return []

    def _declared(self, name: str, notes: list[str]) -> list[str]:
        before = set(self._code.unreadable)
        self._reading.parts[name] = getattr(self._code, name)()
        notes += self._code.notes() if name != "commands" else []
        if name == "admin":
            self._give_admins(self._reading.parts[name])
        return _problems({f: p for f, p in self._code.unreadable.items() if f not in before})

    def _give_admins(self, admins: list[dict[str, Any]]) -> None:
        """Tell each model of the class that it is registered with."""
        of_model = {one["model"]: one for one in reversed(admins)}
        for models in self._reading.models.models.values():
            for model in models:
                found = of_model.get(model["label"])
                if found is not None:
                    model["admin"] = {key: found[key] for key in ("class", "file", "line")}

    @cached_property
    def _code(self) -> Declared:
        reading = self._reading
        return Declared(reading.apps, reading.models.models, self._names, reading.settings)

    def _of_settings(self, part: Callable[[Effective], Any], notes: list[str]) -> list[str]:
        if self._reading.settings.missing:
            return [self._missing]
        settings = Effective(self._reading.settings)
        self._reading.parts[part.__name__] = part(settings)
        notes += settings.notes
        return []


def _problems(unreadable: dict[str, str]) -> list[str]:
    return [f"{file} {problem}" for file, problem in unreadable.items()]


def _section(name: str, read: Callable[[list[str]], list[str]]) -> dict[str, Any]:
    """One part may fail without taking the others with it.

    ``read`` returns what it missed, and adds to its list what is known only in part.
    """
    started = time.monotonic()
    notes: list[str] = []
    try:
        problems = read(notes)
    except (OSError, ValueError, RecursionError) as failure:
        problems = [f"could not be read: {failure}"]
    except Exception:
        # What nobody thought of takes one part of the report, and not all of it.
        logger.exception("the static reading of %s", name)
        problems = ["DJDesk failed while it read this; the engine's log says where"]
    shown = "; ".join(problems[:_SHOWN])
    more = len(problems) - _SHOWN
    return {
        "source": STATIC,
        "ok": not problems,
        "error": (f"{shown}; and {more} more" if more > 0 else shown) or None,
        "notes": notes,
        "seconds": round(time.monotonic() - started, 4),
    }
