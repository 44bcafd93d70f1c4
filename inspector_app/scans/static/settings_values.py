"""Settings as their source text gives them, executed on paper: statement by statement, in order."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.workspaces.source import Unreadable, parse

from .configured import named_in, take_class
from .environment_calls import Read
from .import_path import follow_script
from .modules import Modules
from .relative_imports import package_of
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
    that were read, ``modules`` the settings modules among them as a report names them, in the order
    in which they are executed. ``doubts``, ``opaque``, ``reads`` and ``expressions`` are as in
    :class:`Scope`. ``absent`` are optional modules that were not found. ``defaults`` are Django's,
    once they are read. ``missing`` says that there is no such module.
    """

    names: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    doubts: dict[str, Place] = field(default_factory=dict)
    opaque: list[Place] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    modules: dict[str, str] = field(default_factory=dict)
    reads: dict[str, tuple[Read, ...]] = field(default_factory=dict)
    expressions: dict[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Value] = field(default_factory=dict)
    missing: bool = False

    def value(self, name: str, otherwise: Value = UNKNOWN) -> Value:
        """A setting, its default or ``otherwise``; in doubt where code that was not followed is."""
        value = self.names.get(name) or self.defaults.get(name, otherwise)
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

    def in_a_class(self, name: str) -> bool:
        """Whether only a class in the settings sets ``name``: no setting until that is run."""
        return name not in self.names and any(
            isinstance(inner, ast.Assign)
            and any(isinstance(one, ast.Name) and one.id == name for one in inner.targets)
            for file in self.files
            for node in _statements(file)
            if isinstance(node, ast.ClassDef)
            for inner in node.body
        )

    def become(self, known: Mapping[str, object]) -> None:
        """Take what the settings came to when they were run: nothing of it is in doubt."""
        self.names = {name: Value(value) for name, value in known.items()}
        self.doubts, self.opaque, self.absent, self.missing = {}, [], [], False

    def why_in_doubt(self, name: str) -> str:
        """The place that makes a setting less than known, or an empty string."""
        place = self.doubts.get(name) or next(iter(self.opaque), None)
        return str(place) if place is not None else ""


def _statements(file: Path) -> list[ast.stmt]:
    try:
        return parse(file).body
    except Unreadable:
        return []


def read_settings(module: str, modules: Modules) -> StaticSettings:
    """What ``module`` binds, with everything it imports by ``*`` or by name in the project."""
    reader = _Reader(modules)
    follow_script(modules)
    if modules.file(module) is None and not modules.why_hidden(module):
        return StaticSettings(missing=True)
    scope = reader.module(module, required=True)
    if "INSTALLED_APPS" not in scope.names and (cls := named_in(modules.base / "manage.py")):
        take_class(cls, module, reader, scope)
    return StaticSettings(
        {name: value for name, value in scope.names.items() if not name.startswith("__")},
        scope.places,
        scope.doubts,
        scope.opaque,
        reader.notes,
        reader.absent,
        reader.unreadable,
        reader.files,
        reader.settings_modules,
        scope.reads,
        scope.expressions,
    )


def read_file(path: Path, modules: Modules) -> dict[str, Value]:
    """The names that a settings file binds which is in no package of the project."""
    scope = Scope()
    _Reader(modules).include(path, scope, "")
    return {name: value for name, value in scope.names.items() if name.isupper()}


class _Reader:
    """Reads each module once, and knows those being read, because imports go in circles."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self._kept: dict[str, Scope] = {}
        self.notes: list[str] = []
        self.absent: list[str] = []
        self.unreadable: dict[str, str] = {}
        self.files: list[Path] = []
        self.settings_modules: dict[str, str] = {}

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
        # A name that Django's own modules have is not set there.
        if required and not name.startswith("django."):
            self.settings_modules[name] = self.modules.shown(path)
        package = package_of(name, path)
        self._execute(path, scope, package)
        return scope

    def include(self, path: Path, scope: Scope, package: str) -> None:
        """Execute a file once, in the scope of the one that includes it."""
        shown = self.modules.shown(path)
        if shown not in self.settings_modules:
            self.settings_modules[shown] = shown
            self._execute(path, scope, package)

    def _execute(self, path: Path, scope: Scope, package: str) -> None:
        shown = self.modules.shown(path)
        if len(self._kept) + len(self.settings_modules) > _MODULES_LIMIT:
            scope.opaque.append(Place(shown, 0))
            return
        outer, scope.names["__file__"] = scope.get("__file__"), Value(str(path))
        try:
            tree = parse(path)
            self.files.append(path)
            Body(self, scope, package, path).run(tree.body)
        except (Unreadable, RecursionError) as problem:
            unreadable = isinstance(problem, Unreadable)
            self.unreadable[shown] = str(problem) if unreadable else "is nested too deeply"
            scope.opaque.append(Place(shown, 0))
        scope.names["__file__"] = outer
