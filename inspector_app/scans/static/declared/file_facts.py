"""What one file declares besides classes: kept with its outline, so that it is parsed once.

Names are as the file has them: ``@name`` is one of its own, ``.module.name`` a relative import.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inspector_app.workspaces.source import dotted

from .admins import admins_in
from .signals import signals_in
from .tasks import tasks_in

Entry = dict[str, Any]

# Whatever declares one of these says one of these words; most files say none.
_WORDS = re.compile(
    rb"@receiver|\.receiver\b|\.connect\(|shared_task|\.task\b|_task\b|@task\b|\bactor\b|@job\b"
    rb"|admin\.register\(|site\.register\(|@register\("
)
_KINDS = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Call, ast.Assign),
    *(ast.Import, ast.ImportFrom),
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Entries as in a report, but for names and models, which only a project can tell."""

    admins: tuple[Entry, ...] = ()
    signals: tuple[Entry, ...] = ()
    tasks: tuple[Entry, ...] = ()


def may_declare(data: bytes) -> bool:
    return _WORDS.search(data) is not None


def facts_of(data: bytes, tree: ast.Module) -> FileFacts | None:
    """None where the file has none of the words that declarations are written with."""
    if not may_declare(data):
        return None
    nodes: list[ast.AST] = [node for node in ast.walk(tree) if isinstance(node, _KINDS)]
    full = Imported(nodes).full
    facts = FileFacts(
        tuple(admins_in(nodes, full)), tuple(signals_in(nodes, full)), tuple(tasks_in(nodes, full))
    )
    return facts if facts != FileFacts() else None


class Imported:
    """The names that a file imports, anywhere in it."""

    def __init__(self, nodes: list[ast.AST]) -> None:
        self._names = dict(_imports(nodes))

    def full(self, node: ast.AST) -> str:
        """The name of an expression where it comes from, as far as the imports tell."""
        head, dot, rest = dotted(node).partition(".")
        return f"{self._names.get(head, f'@{head}')}{dot}{rest}" if head else ""


def _imports(nodes: list[ast.AST]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    head = alias.name.partition(".")[0]
                    yield (alias.asname or head), (alias.name if alias.asname else head)
            case ast.ImportFrom(module=module, names=aliases, level=level):
                origin = "." * level + (f"{module}." if module else "")
                for alias in aliases:
                    yield (alias.asname or alias.name), f"{origin}{alias.name}"
