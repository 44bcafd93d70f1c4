"""Admins, receivers, commands and tasks of one project, each read by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.scans.static.apps import StaticApp
from inspector_app.scans.static.names import Names
from inspector_app.scans.static.outline import outline_of
from inspector_app.scans.static.settings_values import StaticSettings
from inspector_app.workspaces.source import Unreadable, read_bytes

from .commands import read_commands
from .file_facts import FileFacts, may_declare
from .labels import Labels
from .managers import Managers
from .model_names import FullName
from .own_files import OwnFiles

Entry = dict[str, Any]


@dataclass(frozen=True)
class _Telling:
    """A file that declares something, its module's name, and what it is called in a report."""

    module: str
    is_package: bool
    shown: str
    facts: FileFacts

    def full(self, name: str) -> str:
        """A name of the file's facts as Python would spell it."""
        if name.startswith("@"):
            return f"{self.module}.{name[1:]}"
        level = len(name) - len(name.lstrip("."))
        if not level:
            return name
        up = level - self.is_package
        parts = self.module.split(".")
        return ".".join(filter(None, [*parts[: len(parts) - up], name[level:]]))

    def spelled(self, value: Any) -> Any:
        """Lists with the names of functions and classes in them as Python would spell them."""
        if not isinstance(value, list):
            return value
        return [self.full(one) if isinstance(one, FullName) else one for one in value]


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
        self._files = OwnFiles(apps, names.modules)
        self._labels = Labels(models, names, settings)
        self._managers = Managers(models, names)
        self._told: list[_Telling] | None = None
        self.unreadable: dict[str, str] = {}

    def notes(self) -> list[str]:
        notes = ["only the project's own code was looked through"]
        if self._files.cut_short:
            notes.append("there are more files than are looked through")
        return notes

    def admin(self) -> list[Entry]:
        found = [
            {key: source.spelled(value) for key, value in one.items()}
            | {"model": label, "class": source.full(one["class"])}
            | {"own_query": one["own_query"] or self._managers.ask(label, one["own_query"])}
            for source, one in self._each(lambda facts: facts.admins)
            if (label := self._labels.label(source.module, one["model"])) is not None
        ]
        return sorted(found, key=lambda one: str(one["model"]))

    def signals(self) -> list[Entry]:
        return [
            one
            | {
                "signal": source.full(one["signal"]),
                "receiver": source.full(one["receiver"]),
                "sender": self._labels.label(source.module, one["sender"])
                if one["sender"] is not None
                else None,
            }
            for source, one in self._each(lambda facts: facts.signals)
        ]

    def tasks(self) -> list[Entry]:
        return [
            one | {"name": source.full(one["name"]) if one["name"][0] == "@" else one["name"]}
            for source, one in self._each(lambda facts: facts.tasks)
        ]

    def commands(self) -> list[Entry]:
        return read_commands(self._apps, self._modules, self.unreadable)

    def _each(
        self, kind: Callable[[FileFacts], tuple[Entry, ...]]
    ) -> Iterator[tuple[_Telling, Entry]]:
        if self._told is None:
            self._told = list(self._telling())
        for source in self._told:
            for one in kind(source.facts):
                yield source, {**one, "file": source.shown}

    def _telling(self) -> Iterator[_Telling]:
        for path, module in self._files.all().items():
            facts = self._facts(path)
            if facts is not None:
                shown = self._modules.shown(path)
                yield _Telling(module, path.name == "__init__.py", shown, facts)

    def _facts(self, path: Path) -> FileFacts | None:
        try:
            return outline_of(path, own=True).facts if may_declare(read_bytes(path)) else None
        except Unreadable as problem:
            self.unreadable[self._modules.shown(path)] = str(problem)
            return None
