"""Admins, receivers, commands and tasks of one project, each read by itself."""

from __future__ import annotations

from typing import Any

from inspector_app.scans.static.apps import StaticApp
from inspector_app.scans.static.names import Names
from inspector_app.scans.static.settings_values import StaticSettings

from .admins import Admins
from .commands import read_commands
from .labels import Labels
from .own_files import FILES_LIMIT, OwnFiles
from .signals import signals_in
from .source_files import SourceFiles
from .tasks import tasks_in

Entry = dict[str, Any]


class Declared:
    """What the project's own code declares. ``unreadable`` are files that could not be read."""

    def __init__(
        self,
        apps: list[StaticApp],
        models: dict[str, list[Entry]],
        names: Names,
        settings: StaticSettings,
    ) -> None:
        self._apps = apps
        self._modules = names.modules
        self._files = SourceFiles(OwnFiles(apps, names.modules), names.modules)
        self._labels = Labels(models, names, settings)
        self._bad_commands: dict[str, str] = {}

    @property
    def unreadable(self) -> dict[str, str]:
        return self._files.unreadable | self._bad_commands

    def notes(self) -> list[str]:
        notes = ["only the project's own code was looked through"]
        if self._files.cut_short:
            notes.append(f"of more than {FILES_LIMIT} files the first were looked through")
        return notes

    def admin(self) -> list[Entry]:
        label = self._labels.label
        found = [one for source in self._files.telling() for one in Admins(source, label).entries()]
        return sorted(found, key=lambda one: str(one["model"]))

    def signals(self) -> list[Entry]:
        label = self._labels.label
        return [one for source in self._files.telling() for one in signals_in(source, label)]

    def tasks(self) -> list[Entry]:
        return [one for source in self._files.telling() for one in tasks_in(source)]

    def commands(self) -> list[Entry]:
        return read_commands(self._apps, self._modules, self._bad_commands)
