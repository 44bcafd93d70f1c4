"""Which model an expression outside of models names."""

from __future__ import annotations

import ast
from typing import Any

from inspector_app.scans.static.names import Class, Names
from inspector_app.scans.static.settings_values import StaticSettings
from inspector_app.workspaces.source import dotted, literal

from .source_files import Source

_USER = "AUTH_USER_MODEL"


class Labels:
    """Answers from the models that were read."""

    def __init__(
        self, models: dict[str, list[dict[str, Any]]], names: Names, settings: StaticSettings
    ) -> None:
        self._names = names
        self._settings = settings
        self._by_place = {
            (one["file"], one["name"]): one["label"] for found in models.values() for one in found
        }
        self._by_label = {label.lower(): label for label in self._by_place.values()}

    def label(self, source: Source, node: ast.expr) -> str | None:
        """A model's label; None where it is no model that was read."""
        text = literal(node)
        if isinstance(text, str):
            return self._by_label.get(text.lower())
        if isinstance(node, ast.Call):
            user = dotted(node.func).endswith("get_user_model")
            return self._settings.text(_USER, "auth.User") or None if user else None
        name = dotted(node)
        if name.endswith(f"settings.{_USER}"):
            return self._settings.text(_USER, "auth.User") or None
        found = self._names.resolve(source.module, name) if name else ""
        if isinstance(found, Class):
            return self._by_place.get((self._names.modules.shown(found.file), found.name))
        bound = self._names.bound(found)
        called = bound is not None and getattr(bound[1], "name", "").endswith("get_user_model()")
        return self._settings.text(_USER, "auth.User") or None if called else None
