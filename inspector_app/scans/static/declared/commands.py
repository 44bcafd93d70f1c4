"""Management commands: the files in ``management/commands`` of each app, and Django's own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inspector_app.scans.static.apps import StaticApp
from inspector_app.scans.static.modules import Modules
from inspector_app.workspaces.looking import looked_at
from inspector_app.workspaces.source import Unreadable, parse

Entry = dict[str, Any]

_FOLDER = Path("management", "commands")


def read_commands(
    apps: list[StaticApp], modules: Modules, unreadable: dict[str, str]
) -> list[Entry]:
    """By name; of several with one name that of the first app in INSTALLED_APPS counts.

    Only the project's own are looked into, for their help.
    """
    found: dict[str, Entry] = {}
    django = modules.package("django.core")
    folders = [(app.name, app.folder) for app in apps if app.folder is not None]
    for owner, folder in [*folders, *([("django.core", django)] if django else [])]:
        for file in _files(folder / _FOLDER):
            if file.stem not in found:
                found[file.stem] = _entry(owner, file, modules, unreadable)
    return [found[name] for name in sorted(found)]


def _files(folder: Path) -> list[Path]:
    looked_at(folder)
    try:
        return sorted(one for one in folder.glob("*.py") if not one.name.startswith("_"))
    except OSError:
        return []


def _entry(owner: str, file: Path, modules: Modules, unreadable: dict[str, str]) -> Entry:
    entry = {
        "name": file.stem,
        "app": owner,
        "file": modules.shown(file),
        "line": 0,
        "help": "",
    }
    if modules.is_own(file):
        try:
            entry |= next(_class(parse(file)), {})
        except Unreadable as problem:
            unreadable[modules.shown(file)] = str(problem)
        except RecursionError:
            unreadable[modules.shown(file)] = "is nested too deeply"
    return entry


def _class(tree: ast.Module) -> Iterator[Entry]:
    """The line of the class Command, and its help where that is a constant."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Command":
            yield {"line": node.lineno, "help": next(_help(node), "")}


def _help(node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="help")], value=value):
                inner = value.args[0] if isinstance(value, ast.Call) and value.args else value
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield inner.value
