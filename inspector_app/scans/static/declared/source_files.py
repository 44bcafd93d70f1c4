"""The files that declare something, parsed once for all that look for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.scans.static.modules import Modules
from inspector_app.workspaces.source import Unreadable, dotted, parse, read_bytes

from .own_files import OwnFiles

# Whatever declares one of these says one of these words; most files say none.
_WORDS = re.compile(
    rb"@receiver|\.receiver\b|\.connect\(|shared_task|\.task\b|_task\b|@task\b|\bactor\b|@job\b"
    rb"|\.register\(|@register\("
)


@dataclass
class Source:
    """One file; ``imports`` are the full names of what it imports, by the names used here."""

    path: Path
    module: str
    shown: str
    tree: ast.Module
    imports: dict[str, str] = field(default_factory=dict)

    def full(self, node: ast.AST) -> str:
        """The dotted name of an expression, as far as the imports tell."""
        head, dot, rest = dotted(node).partition(".")
        known = self.imports.get(head)
        if known is None:
            return f"{self.module}.{head}{dot}{rest}" if head else ""
        return f"{known}{dot}{rest}"


class SourceFiles:
    """``unreadable`` are files that cannot be read as Python, each with why."""

    def __init__(self, files: OwnFiles, modules: Modules) -> None:
        self._files = files
        self._modules = modules
        self._kept: list[Source] | None = None
        self.unreadable: dict[str, str] = {}

    @property
    def cut_short(self) -> bool:
        return self._files.cut_short

    def telling(self) -> list[Source]:
        """The files in which one of the words stands that declarations are written with."""
        if self._kept is None:
            self._kept = list(self._read())
        return self._kept

    def _read(self) -> Iterator[Source]:
        for path, module in self._files.all().items():
            shown = self._modules.shown(path)
            try:
                if not _WORDS.search(read_bytes(path)):
                    continue
                tree = parse(path)
                yield Source(path, module, shown, tree, dict(_imports(tree, module, path)))
            except Unreadable as problem:
                self.unreadable[shown] = str(problem)
            except RecursionError:
                self.unreadable[shown] = "is nested too deeply"


def _imports(tree: ast.Module, module: str, path: Path) -> Iterator[tuple[str, str]]:
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    head = alias.name.partition(".")[0]
                    yield (alias.asname or head), (alias.name if alias.asname else head)
            case ast.ImportFrom(module=name, names=aliases, level=level):
                parts = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                origin = ".".join(filter(None, [*parts, name or ""]))
                for alias in aliases:
                    yield (alias.asname or alias.name), f"{origin}.{alias.name}".lstrip(".")
