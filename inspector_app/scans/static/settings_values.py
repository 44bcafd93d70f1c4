"""Settings as their source text gives them, executed on paper: statement by statement, in order."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.workspaces.source import Unreadable, parse

from .expressions import UNKNOWN, Value, add, evaluate, truth_of
from .modules import Modules

# A settings package that takes more modules than this is generated.
_MODULES_LIMIT = 60


@dataclass(frozen=True)
class Place:
    """Where a setting got its last value."""

    file: str
    line: int


@dataclass
class StaticSettings:
    """The names a settings module binds; ``notes`` says what could not be followed.

    ``unreadable`` are files that had to be read and could not, each with why; ``files`` are those
    that were read.
    """

    names: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)

    def strings(self, name: str) -> tuple[list[str], bool]:
        """The strings of a list setting, and whether that is all of them."""
        value = self.names.get(name, UNKNOWN)
        if not isinstance(value.data, list):
            return [], False
        words = [word for word in value.data if isinstance(word, str)]
        return words, value.whole and len(words) == len(value.data)

    def text(self, name: str) -> str:
        """A setting that is a string, else an empty one."""
        data = self.names.get(name, UNKNOWN).data
        return data if isinstance(data, str) else ""


def read_settings(module: str, modules: Modules) -> StaticSettings:
    """What ``module`` binds, with everything it imports by ``*`` or by name in the project."""
    reader = _Reader(modules)
    scope = reader.module(module, required=True)
    return StaticSettings(scope.names, scope.places, reader.notes, reader.unreadable, reader.files)


@dataclass
class _Scope:
    names: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def bind(self, name: str, value: Value, place: Place) -> None:
        self.names[name], self.places[name] = value, place

    def take(self, other: _Scope, name: str, alias: str) -> None:
        if name in other.names:
            self.names[alias] = other.names[name]
            if name in other.places:
                self.places[alias] = other.places[name]


class _Reader:
    """Reads each module once, and knows those being read, because imports go in circles."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._kept: dict[str, _Scope] = {}
        self.notes: list[str] = []
        self.unreadable: dict[str, str] = {}
        self.files: list[Path] = []

    def module(self, name: str, *, required: bool) -> _Scope:
        if name in self._kept:
            return self._kept[name]
        scope = self._kept[name] = _Scope()
        path = self._modules.file(name)
        if path is None:
            if required:
                self.notes.append(f"{name} was not found")
            return scope
        if len(self._kept) > _MODULES_LIMIT:
            return scope
        try:
            tree = parse(path)
            self.files.append(path)
            package = name if path.name == "__init__.py" else name.rpartition(".")[0]
            _Body(self, scope, package, self._modules.shown(path)).run(tree.body)
        except Unreadable as problem:
            self.unreadable[self._modules.shown(path)] = str(problem)
        except RecursionError:
            self.unreadable[self._modules.shown(path)] = "is nested too deeply"
        return scope

    def has(self, name: str) -> bool:
        return self._modules.file(name) is not None


class _Body:
    """The statements of one module."""

    def __init__(self, reader: _Reader, scope: _Scope, package: str, file: str) -> None:
        self._reader = reader
        self._scope = scope
        self._package = package
        self._file = file
        self._tried = 0

    def run(self, body: list[ast.stmt]) -> None:
        for node in body:
            match node:
                case ast.ImportFrom():
                    self._import(node)
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        self._assign(target, evaluate(value, self._scope.names), node.lineno)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._assign(target, evaluate(value, self._scope.names), node.lineno)
                case ast.AugAssign(target=ast.Name(id=name), value=value):
                    self._change(name, add(self._get(name), evaluate(value, self._scope.names)))
                case ast.Expr(value=ast.Call() as call):
                    self._method(call)
                case ast.Try():
                    self._try(node)
                case ast.If(test=test):
                    self._if(node, evaluate(test, self._scope.names))
                case ast.With():
                    self.run(node.body)

    def _get(self, name: str) -> Value:
        return self._scope.names.get(name, UNKNOWN)

    def _change(self, name: str, value: Value) -> None:
        if name in self._scope.names:
            self._scope.names[name] = value

    def _import(self, node: ast.ImportFrom) -> None:
        module = _absolute(node, self._package)
        star = any(alias.name == "*" for alias in node.names)
        # Functions and classes of libraries tell nothing; constants and settings modules do.
        telling = any(alias.name.isupper() for alias in node.names) or node.level
        if not star and not (telling and self._reader.has(module)):
            return
        other = self._reader.module(module, required=star and not self._tried)
        for name in list(other.names) if star else []:
            if not name.startswith("_"):
                self._scope.take(other, name, name)
        for alias in node.names:
            self._scope.take(other, alias.name, alias.asname or alias.name)
            if alias.name not in other.names and self._reader.has(f"{module}.{alias.name}"):
                # ``from . import base`` and then ``base.INSTALLED_APPS``.
                inner = self._reader.module(f"{module}.{alias.name}", required=False)
                for name in inner.names:
                    self._scope.take(inner, name, f"{alias.asname or alias.name}.{name}")

    def _assign(self, target: ast.expr, value: Value, line: int) -> None:
        match target:
            case ast.Name(id=name):
                self._scope.bind(name, value, Place(self._file, line))
            case ast.Subscript(value=container, slice=key):
                self._set_item(container, evaluate(key, self._scope.names), value)

    def _set_item(self, container: ast.expr, key: Value, value: Value) -> None:
        """``NAME["key"] = …``; a copy, because a module that was imported keeps its own."""
        held = evaluate(container, self._scope.names)
        if not isinstance(container, ast.Name) or not isinstance(held.data, dict):
            return
        if isinstance(key.data, (str, int)):
            data = {**held.data, key.data: value.data}
            self._change(container.id, Value(data, held.whole and value.whole))

    def _method(self, call: ast.Call) -> None:
        """``NAME.append("x")`` and its kin."""
        match call:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr=method), args=[*_, last]
            ):
                held = self._get(name)
            case _:
                return
        value = evaluate(last, self._scope.names)
        if not isinstance(held.data, list):
            return
        whole = held.whole and value.whole
        match method, value.data:
            case ("append", str() as item):
                self._change(name, Value([*held.data, item], whole))
            case ("insert", str() as item):
                # Where it goes matters to Django, not to what is installed.
                self._change(name, Value([*held.data, item], whole))
            case ("extend", list() as items):
                self._change(name, Value([*held.data, *items], whole))
            case ("remove", str() as item):
                self._change(name, Value([one for one in held.data if one != item], whole))
            case ("append" | "insert" | "extend" | "remove", _):
                self._change(name, Value(held.data, whole=False))

    def _try(self, node: ast.Try) -> None:
        self._tried += 1
        self.run(node.body)
        self._tried -= 1
        self.run([*node.orelse, *node.finalbody])

    def _if(self, node: ast.If, test: Value) -> None:
        """The branch that is taken; both where that is not known."""
        before = dict(self._scope.names)
        truth = truth_of(test)
        if truth is not False:
            self.run(node.body)
        if truth is not True:
            self.run(node.orelse)
        if not test.whole:
            for name, value in self._scope.names.items():
                if before.get(name) != value or name in _touched(node):
                    self._scope.names[name] = Value(value.data, whole=False)


def _touched(node: ast.If) -> set[str]:
    """The names that either branch assigns: the other branch could have made them different."""
    names: set[str] = set()
    for inner in ast.walk(node):
        match inner:
            case ast.Assign(targets=[ast.Name(id=name), *_]):
                names.add(name)
            case ast.AugAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))):
                names.add(name)
    return names


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    parts = parts[: max(len(parts) - (node.level - 1), 0)]
    return ".".join([*parts, *([node.module] if node.module else [])])
