"""Django's own settings, read from the Django that the project has; else from DJDesk's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from inspector_app.workspaces.source import is_file

from .modules import Modules
from .settings_values import read_file
from .values import Value

_FILE = Path("conf", "global_settings.py")


@dataclass(frozen=True)
class Defaults:
    """``names`` are the settings that Django knows; ``own`` says that DJDesk's Django told them."""

    names: dict[str, Value]
    own: bool

    def value(self, name: str) -> Value | None:
        return self.names.get(name)


def read_defaults(modules: Modules) -> Defaults:
    package = modules.package("django")
    if package is not None and is_file(package / _FILE):
        names = read_file(package / _FILE, modules)
        if "INSTALLED_APPS" in names:
            return Defaults(names, own=False)
    return Defaults(_of_this_django(), own=True)


@lru_cache(maxsize=1)
def _of_this_django() -> dict[str, Value]:
    from django.conf import global_settings

    return {
        name: Value(_as_read(getattr(global_settings, name)))
        for name in dir(global_settings)
        if name.isupper()
    }


def _as_read(value: object) -> object:
    """As expressions have it: tuples and sets are lists."""
    if isinstance(value, list | tuple | set | frozenset):
        return [_as_read(one) for one in value]
    if isinstance(value, dict):
        return {key: _as_read(one) for key, one in value.items()}
    return value
