"""The values of names and conditions in a URLconf: its own, what it imports, and the settings."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping

from inspector_app.scans.static.apps import StaticApp
from inspector_app.scans.static.expressions import evaluate
from inspector_app.scans.static.module_scope import ModuleScope
from inspector_app.scans.static.names import Class, Names
from inspector_app.scans.static.settings_values import StaticSettings
from inspector_app.scans.static.values import UNKNOWN, Value
from inspector_app.workspaces.source import dotted, literal

_UNSET = Value(object())


class Project:
    """What is known of the project before its URLs are read."""

    def __init__(
        self, names: Names, settings: StaticSettings, apps: list[StaticApp], *, apps_complete: bool
    ) -> None:
        self.names = names
        self.modules = names.modules
        self.settings = settings
        self.apps = apps
        self.apps_complete = apps_complete


class UrlScope(Mapping[str, Value]):
    """The names of one URLconf. ``own`` are those that it has bound so far."""

    def __init__(self, module: str, project: Project) -> None:
        self._module = module
        self._project = project
        self._outer = ModuleScope(module, project.names, project.settings)
        self.own: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        head, dot, rest = name.partition(".")
        if head in self.own:
            held = self.own[head]
            return _of_app(held.data, rest) if dot else held
        return self._outer[name]

    def __contains__(self, name: object) -> bool:
        return name in self.own

    def __iter__(self) -> Iterator[str]:
        return iter(self.own)

    def __len__(self) -> int:
        return len(self.own)

    def value(self, node: ast.expr) -> Value:
        """The value of an expression where it stands."""
        try:
            if any(isinstance(inner, ast.Call) for inner in ast.walk(node)):
                node = _Calls(self).visit(copy.deepcopy(node))
            return evaluate(node, self)
        except RecursionError:
            return UNKNOWN

    def text(self, node: ast.expr) -> str | None:
        data = self.value(node).data
        return data if isinstance(data, str) else None

    def resolved(self, name: str) -> str:
        found = self._project.names.resolve(self._module, name) if name else ""
        return f"{found.module}.{found.name}" if isinstance(found, Class) else found

    def placeholder(self, value: Value) -> ast.Name:
        """A name that stands for ``value`` in an expression of this scope."""
        name = f"?{len(self.own)}"
        self.own[name] = value
        return ast.Name(id=name, ctx=ast.Load())

    def setting(self, name: str, otherwise: Value = UNKNOWN) -> Value:
        return self._project.settings.value(name, otherwise)

    def apps(self) -> Value:
        """``apps.get_app_configs()``, in the order of INSTALLED_APPS."""
        apps: list[object] = list(self._project.apps)
        return Value(apps, self._project.apps_complete) if apps else UNKNOWN

    def installed(self, name: str) -> Value:
        """``apps.is_installed(name)``."""
        project = self._project
        found = any(name == app.name for app in project.apps)
        return Value(found, found or project.apps_complete) if found or project.apps else UNKNOWN


def _of_app(data: object, attribute: str) -> Value:
    """An attribute of an AppConfig."""
    if isinstance(data, StaticApp) and attribute in ("name", "label"):
        return Value(data.name if attribute == "name" else data.label)
    return UNKNOWN


class _Calls(ast.NodeTransformer):
    """Calls that ask for settings and apps, as names of what they give here."""

    def __init__(self, scope: UrlScope) -> None:
        self._scope = scope

    def visit_Call(self, node: ast.Call) -> ast.expr:
        texts = [literal(one) for one in node.args]
        match dotted(node.func).rpartition(".")[2], texts:
            case "get_app_configs", []:
                return self._scope.placeholder(self._scope.apps())
            case "is_installed", [str() as app]:
                return self._scope.placeholder(self._scope.installed(app))
            case "getattr", [None, str() as setting, *rest] if self._of_settings(node.args[0]):
                otherwise = Value(rest[0]) if rest else UNKNOWN
                return self._scope.placeholder(self._scope.setting(setting, otherwise))
            case "hasattr", [None, str() as setting] if self._of_settings(node.args[0]):
                value = self._scope.setting(setting, _UNSET)
                return self._scope.placeholder(Value(value.data is not _UNSET.data, value.whole))
        self.generic_visit(node)
        return node

    def _of_settings(self, node: ast.expr) -> bool:
        return self._scope.resolved(dotted(node)) == "django.conf.settings"
