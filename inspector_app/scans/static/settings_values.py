"""Settings as their source text gives them, following ``from .base import *`` in the project."""

from __future__ import annotations

import ast
from pathlib import Path

from inspector_app.workspaces.source import Unreadable, parse

from .assignments import Assigned, StaticSettings, apply_method, evaluate, extend
from .modules import Modules

DEPTH_LIMIT = 8


def read_settings(module: str, modules: Modules) -> StaticSettings:
    """What ``module`` assigns, in the order in which Python would execute it."""
    reader = _Reader(modules)
    reader.read(module, depth=0)
    return reader.result


class _Reader:
    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self.result = StaticSettings()

    def read(self, module: str, depth: int) -> None:
        path = self._modules.file(module)
        if path is None:
            self.result.notes.append(f"{module} is not in the project")
            return
        if depth > DEPTH_LIMIT:
            return
        try:
            tree = parse(path)
        except Unreadable as error:
            self.result.notes.append(f"{self._modules.shown(path)} {error}")
            return
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        self._block(tree.body, package, path, depth)

    def _block(self, body: list[ast.stmt], package: str, path: Path, depth: int) -> None:
        for node in body:
            match node:
                case ast.ImportFrom() if any(alias.name == "*" for alias in node.names):
                    self.read(_absolute(node, package), depth + 1)
                case ast.Assign(targets=targets, value=value):
                    self._assign(targets, value, path)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._assign([target], value, path)
                case ast.AugAssign(target=ast.Name(id=name), value=value):
                    extend(name, value, self.result)
                case ast.Expr(value=value):
                    apply_method(value, self.result)
                case ast.Try():
                    self._block(node.body, package, path, depth)
                case ast.If():
                    self._branches(node, package, path, depth)

    def _assign(self, targets: list[ast.expr], node: ast.expr, path: Path) -> None:
        for target in targets:
            if isinstance(target, ast.Name) and target.id.isupper():
                value, whole = evaluate(node, self.result)
                self.result.names[target.id] = Assigned(
                    value, whole, self._modules.shown(path), node.lineno
                )

    def _branches(self, node: ast.If, package: str, path: Path, depth: int) -> None:
        """Which branch runs is not known: both are listed, and what they touch is incomplete."""
        before = {name: one.value for name, one in self.result.names.items()}
        for block in (node.body, node.orelse):
            self._block(block, package, path, depth)
        for name, one in self.result.names.items():
            if before.get(name) != one.value:
                one.literal = False


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    parts = parts[: len(parts) - (node.level - 1)]
    return ".".join([*parts, *([node.module] if node.module else [])])
