"""One migration file: what it depends on and replaces, and the operations it lists."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.workspaces.source import dotted, literal, parse

from .migration_operations import Operation, read_operations
from .settings_values import StaticSettings

Link = tuple[str, str]


@dataclass
class MigrationFile:
    """The class ``Migration`` of one file. ``complete`` is False where part of it is computed.

    ``initial`` is None where the file does not say it.

    A dependency on a model that can be swapped is one on the first migration of its app, as
    Django has it; where the setting is not known it is left out.
    """

    line: int = 1
    dependencies: list[Link] = field(default_factory=list)
    replaces: list[Link] = field(default_factory=list)
    run_before: list[Link] = field(default_factory=list)
    initial: bool | None = None
    atomic: bool = True
    operations: list[Operation] = field(default_factory=list)
    complete: bool = True


def read_migration(file: Path, settings: StaticSettings) -> MigrationFile:
    """What ``file`` says.

    Raises:
        Unreadable: it cannot be read as Python.
    """
    migration = MigrationFile()
    for node in parse(file).body:
        if isinstance(node, ast.ClassDef) and node.name == "Migration":
            migration = MigrationFile(node.lineno)
            for statement in node.body:
                match statement:
                    case (
                        ast.Assign(targets=[ast.Name(id=name)], value=value)
                        | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                    ):
                        _take(migration, name, value, settings)
    return migration


def _take(migration: MigrationFile, name: str, value: ast.expr, settings: StaticSettings) -> None:
    match name:
        case "dependencies" | "replaces" | "run_before":
            links, all_of_them = _links(value, settings)
            setattr(migration, name, links)
            migration.complete = migration.complete and all_of_them
        case "initial":
            said = literal(value)
            migration.initial = said if isinstance(said, bool) else None
        case "atomic":
            migration.atomic = literal(value) is not False
        case "operations":
            migration.operations, all_of_them = read_operations(value)
            migration.complete = migration.complete and all_of_them


def _links(node: ast.expr, settings: StaticSettings) -> tuple[list[Link], bool]:
    """The pairs of app label and name in a list, and whether that is all of them."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        first, all_of_first = _links(node.left, settings)
        second, all_of_second = _links(node.right, settings)
        return first + second, all_of_first and all_of_second
    if not isinstance(node, ast.List | ast.Tuple):
        return [], False
    found = [_link(element, settings) for element in node.elts]
    return [link for link in found if link is not None], None not in found


def _link(node: ast.expr, settings: StaticSettings) -> Link | None:
    match literal(node):
        case [str() as label, str() as name] | (str() as label, str() as name):
            return label, name
    match node:
        case ast.Call(func=function, args=[swappable]) if dotted(function).endswith(
            "swappable_dependency"
        ):
            model = _swappable(swappable, settings)
            return (model.partition(".")[0], "__first__") if "." in model else None
    return None


def _swappable(node: ast.expr, settings: StaticSettings) -> str:
    text = literal(node)
    if isinstance(text, str):
        return text
    head, _, name = dotted(node).rpartition(".")
    if not head.endswith("settings"):
        return ""
    return settings.text(name, "auth.User" if name == "AUTH_USER_MODEL" else "")
