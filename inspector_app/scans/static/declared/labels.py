"""Which model a name outside of models stands for."""

from __future__ import annotations

from typing import Any

from inspector_app.scans.static.names import Class, Names
from inspector_app.scans.static.settings_values import StaticSettings

from .model_names import ModelName

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

    def label(self, module: str, named: ModelName) -> str | None:
        """A model's label; None where it is no model that was read."""
        if named.user:
            return self._user()
        if named.text:
            return self._by_label.get(named.text.lower())
        if not named.name:
            return None
        found = self._names.resolve(module, named.name)
        if isinstance(found, Class):
            return self._by_place.get((self._names.modules.shown(found.file), found.name))
        bound = self._names.bound(found)
        called = bound is not None and getattr(bound[1], "name", "").endswith("get_user_model()")
        return self._user() if called else None

    def _user(self) -> str | None:
        return self._settings.text(_USER, "auth.User") or None
