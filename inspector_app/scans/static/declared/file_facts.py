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
_TEXTS = (
    *(b"@receiver", b".connect(", b"shared_task"),
    *(b"admin.register(", b"site.register(", b"@register("),
)
# Each by itself begins with a text, which is found ten times as fast as one of several.
_WORDS = tuple(
    (word, re.compile(before + re.escape(word) + rb"\b"))
    for word, before in (
        *((b".receiver", b""), (b".task", b""), (b"_task", b""), (b"@task", b"")),
        *((b"@job", b""), (b"actor", rb"\b")),
    )
)
_KINDS = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Call, ast.Assign),
    *(ast.Import, ast.ImportFrom),
)
# Most of what stands in the fields of a node, and none of it has one of these below it.
_LEAVES: frozenset[type] = frozenset(
    {
        *(str, int, type(None), ast.Name, ast.Constant, *ast.expr_context.__subclasses__()),
        *(*ast.operator.__subclasses__(), *ast.cmpop.__subclasses__()),
        *(*ast.unaryop.__subclasses__(), *ast.boolop.__subclasses__()),
    }
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Entries as in a report, but for names and models, which only a project can tell."""

    admins: tuple[Entry, ...] = ()
    signals: tuple[Entry, ...] = ()
    tasks: tuple[Entry, ...] = ()


def may_declare(data: bytes) -> bool:
    return any(text in data for text in _TEXTS) or any(
        word in data and pattern.search(data) for word, pattern in _WORDS
    )


def facts_of(data: bytes, tree: ast.Module) -> FileFacts | None:
    """None where the file has none of the words that declarations are written with."""
    if not may_declare(data):
        return None
    nodes = _declaring(tree)
    full = Imported(nodes).full
    facts = FileFacts(
        tuple(admins_in(nodes, full)), tuple(signals_in(nodes, full)), tuple(tasks_in(nodes, full))
    )
    return facts if facts != FileFacts() else None


def _declaring(tree: ast.Module) -> list[ast.AST]:
    """Those of ``_KINDS``, in the order of :func:`ast.walk`, which takes three times as long."""
    found: list[ast.AST] = []
    pending: list[Any] = [tree]
    for node in pending:
        if isinstance(node, _KINDS):
            found.append(node)
        for name in node._fields:
            below = getattr(node, name, None)
            if isinstance(below, list):
                pending += [one for one in below if type(one) not in _LEAVES]
            elif type(below) not in _LEAVES:
                pending.append(below)
    return found


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
