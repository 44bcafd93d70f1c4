"""The values of names in a module that declares models, for what it computes from them."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping

from inspector_app.workspaces.source import dotted, literal

from .class_shapes import Conditions, Reference
from .expressions import evaluate
from .names import Class, Names
from .settings_values import StaticSettings
from .values import UNKNOWN, Value, truth_of

_DEPTH_LIMIT = 5


class ModuleScope(Mapping[str, Value]):
    """Constants of a module, imported ones too, and the project's settings."""

    def __init__(self, module: str, names: Names, settings: StaticSettings) -> None:
        self._module = module
        self._names = names
        self._settings = settings

    def __getitem__(self, name: str) -> Value:
        return self._value(self._module, name, 0)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def value(self, node: ast.expr) -> Value:
        """The value of an expression of the module."""
        try:
            return self._evaluated(node)
        except RecursionError:
            return UNKNOWN

    def _evaluated(self, node: ast.expr) -> Value:
        if any(isinstance(inner, ast.Call) for inner in ast.walk(node)):
            node = _Swapper(self._settings).visit(copy.deepcopy(node))
        return evaluate(node, self)

    def holds(self, conditions: Conditions) -> Value:
        """Whether all ``conditions`` come to the branch they name."""
        whole, unknown = True, False
        for test, branch in conditions:
            value = self.value(test)
            truth = truth_of(value)
            if truth is not None and truth is not branch:
                return Value(data=False, whole=value.whole)
            whole, unknown = whole and value.whole, unknown or truth is None
        return UNKNOWN if unknown else Value(data=True, whole=whole)

    def _value(self, module: str, name: str, depth: int) -> Value:
        resolved = self._names.resolve(module, name)
        if isinstance(resolved, Class) or depth > _DEPTH_LIMIT:
            return UNKNOWN
        if resolved == "typing.TYPE_CHECKING":
            return Value(data=False)
        setting = resolved.removeprefix("django.conf.settings.")
        if setting != resolved:
            return self._settings.value(setting)
        found = self._names.bound(resolved)
        if found is None or found[1] is None:
            return UNKNOWN
        where, held = found
        if isinstance(held, Reference) and held.otherwise is not None:
            name = held.name.rpartition(".")[2]
            return self._settings.value(name, Value(held.otherwise))
        if isinstance(held, Reference):
            return UNKNOWN if held.name.endswith("()") else self._value(where, held.name, depth + 1)
        # As expressions have them, where tuples are lists.
        return Value(list(held) if isinstance(held, tuple) else held)


class _Swapper(ast.NodeTransformer):
    """``swapper.is_swapped("app", "Model")`` as what the settings make of it."""

    def __init__(self, settings: StaticSettings) -> None:
        self._settings = settings

    def visit_Call(self, node: ast.Call) -> ast.expr:
        texts = [literal(one) for one in node.args]
        match dotted(node.func), texts:
            case "swapper.is_swapped" | "is_swapped", [str() as app_label, str() as name]:
                setting = f"{app_label}_{name}_MODEL".upper()
                label = f"{app_label}.{name}"
                in_use = self._settings.text(setting, label)
                return ast.Constant(in_use != label) if in_use else node
        self.generic_visit(node)
        return node
