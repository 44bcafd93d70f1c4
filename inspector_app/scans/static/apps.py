"""The apps of INSTALLED_APPS: their labels, and which of them are the project's own."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from inspector_app.workspaces.source import Unreadable, literal, parse

from .modules import Modules


@dataclass(frozen=True)
class StaticApp:
    """``folder`` is None for an app that is not in the project."""

    entry: str
    name: str
    label: str
    folder: Path | None


def read_apps(entries: list[str], modules: Modules) -> list[StaticApp]:
    return [_read(entry, modules) for entry in dict.fromkeys(entries)]


def _read(entry: str, modules: Modules) -> StaticApp:
    name, config = entry, ""
    parent, _, last = entry.rpartition(".")
    if last[:1].isupper():
        module, config = parent, last
        name = module.removesuffix(".apps")
        file = modules.file(module)
    else:
        file = modules.file(f"{entry}.apps")
    configs = _configs(file) if file is not None else {}
    chosen = configs.get(config) or (next(iter(configs.values())) if len(configs) == 1 else {})
    name = chosen.get("name", name)
    label = chosen.get("label") or name.rpartition(".")[2]
    return StaticApp(entry, name, label, modules.package(name))


def _configs(file: Path) -> dict[str, dict[str, str]]:
    """The ``name`` and ``label`` of every AppConfig class in an apps module."""
    try:
        tree = parse(file)
    except Unreadable:
        return {}
    configs: dict[str, dict[str, str]] = {}
    for node in tree.body:
        if not isinstance(node, ast.ClassDef) or not node.bases:
            continue
        values: dict[str, str] = {}
        for statement in node.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                value = literal(statement.value)
                if isinstance(value, str):
                    values[statement.targets[0].id] = value
        if "name" in values:
            configs[node.name] = values
    return configs
