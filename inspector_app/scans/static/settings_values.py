"""Settings as their source text gives them, executed on paper: statement by statement, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.workspaces.source import Unreadable, parse

from .modules import Modules
from .scopes import Place, Scope
from .settings_body import Body
from .values import UNKNOWN, Value

__all__ = ["Place", "StaticSettings", "read_settings"]

# A settings package that takes more modules than this is generated.
_MODULES_LIMIT = 60


@dataclass
class StaticSettings:
    """The names a settings module binds; ``notes`` says what could not be followed.

    ``unreadable`` are files that had to be read and could not, each with why; ``files`` are those
    that were read. ``doubts`` and ``opaque`` are as in :class:`Scope`.
    """

    names: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    doubts: dict[str, Place] = field(default_factory=dict)
    opaque: list[Place] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)

    def value(self, name: str) -> Value:
        """A setting, in doubt where code that was not followed could have set it."""
        value = self.names.get(name, UNKNOWN)
        return value.doubted() if self.opaque else value

    def strings(self, name: str) -> tuple[list[str], bool]:
        """The strings of a list setting, and whether that is all of them."""
        value = self.value(name)
        if not isinstance(value.data, list):
            return [], False
        words = [word for word in value.data if isinstance(word, str)]
        return words, value.whole and len(words) == len(value.data)

    def text(self, name: str, default: str = "") -> str:
        """A setting that is a string; ``default`` where it is not set, empty where not known."""
        if name not in self.names:
            return default
        data = self.names[name].data
        return data if isinstance(data, str) else ""

    def why_in_doubt(self, name: str) -> str:
        """The place that makes a setting less than known, or an empty string."""
        place = self.doubts.get(name) or next(iter(self.opaque), None)
        return str(place) if place is not None else ""


def read_settings(module: str, modules: Modules) -> StaticSettings:
    """What ``module`` binds, with everything it imports by ``*`` or by name in the project."""
    reader = _Reader(modules)
    scope = reader.module(module, required=True)
    return StaticSettings(
        scope.names,
        scope.places,
        scope.doubts,
        scope.opaque,
        reader.notes,
        reader.unreadable,
        reader.files,
    )


class _Reader:
    """Reads each module once, and knows those being read, because imports go in circles."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self._kept: dict[str, Scope] = {}
        self.notes: list[str] = []
        self.unreadable: dict[str, str] = {}
        self.files: list[Path] = []

    def module(self, name: str, *, required: bool) -> Scope:
        if name in self._kept:
            return self._kept[name]
        scope = self._kept[name] = Scope()
        path = self.modules.file(name)
        if path is None:
            if required:
                hidden = self.modules.why_hidden(name)
                self.notes.append(f"{name} {hidden or 'was not found'}")
                scope.opaque.append(Place(name, 0))
            return scope
        shown = self.modules.shown(path)
        if len(self._kept) > _MODULES_LIMIT:
            scope.opaque.append(Place(shown, 0))
            return scope
        try:
            tree = parse(path)
            self.files.append(path)
            package = name if path.name == "__init__.py" else name.rpartition(".")[0]
            Body(self, scope, package, shown).run(tree.body)
        except (Unreadable, RecursionError) as problem:
            unreadable = isinstance(problem, Unreadable)
            self.unreadable[shown] = str(problem) if unreadable else "is nested too deeply"
            scope.opaque.append(Place(shown, 0))
        return scope
