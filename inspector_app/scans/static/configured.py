"""Settings in classes, as django-configurations has them: DJANGO_CONFIGURATION names one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from inspector_app.workspaces.source import Unreadable, dotted, literal, parse

from .modules import Modules
from .relative_imports import absolute, package_of
from .scopes import Place, Scope
from .settings_body import Body
from .values import UNKNOWN

_VARIABLE = "DJANGO_CONFIGURATION"
_CLASSES_LIMIT = 40


class Reader(Protocol):
    """As that of statements."""

    modules: Modules
    absent: list[str]

    def module(self, name: str, *, required: bool) -> Scope: ...

    def include(self, path: Path, scope: Scope, package: str) -> None: ...


@dataclass(frozen=True)
class _Settings:
    """A class, and the module that declares it."""

    node: ast.ClassDef
    module: str
    path: Path


def named_in(script: Path) -> str:
    """The class that manage.py names; empty where it names none."""
    try:
        tree = parse(script)
    except Unreadable:
        return ""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func, args=[name, value]) if literal(name) == _VARIABLE:
                if dotted(func).endswith("environ.setdefault"):
                    return str(literal(value) or "")
            case ast.Assign(targets=[ast.Subscript(value=held, slice=name)], value=value):
                if dotted(held).endswith("environ") and literal(name) == _VARIABLE:
                    return str(literal(value) or "")
    return ""


def take_class(name: str, module: str, reader: Reader, scope: Scope) -> None:
    """Execute the class ``name`` of ``module`` on paper, after those that it extends."""
    for one in _in_order(name, module, reader, set()):
        outer = reader.module(one.module, required=False)
        for known in outer.names:
            if known not in scope.names:
                scope.take(outer, known, known)
        package = package_of(one.module, one.path)
        Body(reader, scope, package, one.path).run(one.node.body)
        shown = reader.modules.shown(one.path)
        for statement in one.node.body:
            # A property is asked when the settings are there.
            if isinstance(statement, ast.FunctionDef) and statement.name.isupper():
                scope.bind(statement.name, UNKNOWN, Place(shown, statement.lineno))
        for known in [known for known in scope.names if known.isupper()]:
            scope.take(scope, known, f"{one.node.name}.{known}")


def _in_order(
    name: str, module: str, reader: Reader, seen: set[tuple[str, str]]
) -> Iterator[_Settings]:
    """A class behind its bases, of which the first is nearest to it."""
    path = reader.modules.file(module)
    if path is None or (module, name) in seen or len(seen) > _CLASSES_LIMIT:
        return
    seen.add((module, name))
    try:
        body = parse(path).body
    except Unreadable:
        return
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            for base in reversed([dotted(one) for one in node.bases]):
                yield from _in_order(base, module, reader, seen)
            yield _Settings(node, module, path)
            return
    package = package_of(module, path)
    for node in body:
        if isinstance(node, ast.ImportFrom):
            origin = absolute(node.module, node.level, package)
            for alias in node.names:
                if (alias.asname or alias.name) == name or alias.name == "*":
                    wanted = name if alias.name == "*" else alias.name
                    yield from _in_order(wanted, origin, reader, seen)
