"""Management commands. Only their files are looked at, because importing each takes its time."""

from __future__ import annotations

import ast
import os
from typing import Any

from .plain import text

_LARGEST = 1_000_000


def read(_notes: list[str]) -> list[dict[str, Any]]:
    from django.apps import apps
    from django.core.management import get_commands

    folders = {config.name: config.path for config in apps.get_app_configs()}
    found = []
    for name, app in sorted(get_commands().items()):
        # An app may also hand over a command that is made already.
        owner = app if isinstance(app, str) else type(app).__module__
        file = _file(folders.get(owner, ""), name)
        line, said = _look_into(file) if file and "site-packages" not in file else (0, "")
        found.append(
            {"name": text(name), "app": text(owner), "file": file, "line": line, "help": said}
        )
    return found


def _file(folder: str, name: str) -> str:
    path = os.path.join(folder, "management", "commands", name + ".py") if folder else ""
    return path if os.path.isfile(path) else ""


def _look_into(file: str) -> tuple[int, str]:
    """The line of the class Command, and its help where that is a constant."""
    try:
        with open(file, "rb") as source:
            tree = ast.parse(source.read(_LARGEST))
    except (OSError, ValueError, SyntaxError, RecursionError):
        return 0, ""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Command":
            return node.lineno, _help(node)
    return 0, ""


def _help(node: ast.ClassDef) -> str:
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            names = [one.id for one in statement.targets if isinstance(one, ast.Name)]
            if "help" in names and isinstance(statement.value.value, str):
                return text(statement.value.value)
    return ""
