"""What some settings say by themselves: template engines, static files, middleware."""

from __future__ import annotations

from typing import Any

from .changed_settings import jsonable
from .settings_values import StaticSettings


class Effective:
    """The settings in force, and those asked for that are not known for sure."""

    def __init__(self, settings: StaticSettings) -> None:
        self._settings = settings
        self.notes: list[str] = []

    def get(self, name: str) -> Any:
        value = self._settings.value(name)
        if name not in self._settings.names and name not in self._settings.defaults:
            # Another release of Django has it.
            return None
        if value.unknown or not value.whole:
            where = self._settings.why_in_doubt(name)
            place = f" ({where})" if where else ""
            self.notes.append(f"{name} depends on the environment or is computed{place}")
        return jsonable(value.data)

    def words(self, name: str) -> list[str]:
        value = self.get(name)
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def templates(settings: Effective) -> dict[str, Any]:
    engines = settings.get("TEMPLATES")
    entries = engines if isinstance(engines, list) else []
    return {"engines": [_engine(one) for one in entries if isinstance(one, dict)]}


def _engine(engine: dict[str, Any]) -> dict[str, Any]:
    dirs, options = engine.get("DIRS"), engine.get("OPTIONS")
    loaders = options.get("loaders") if isinstance(options, dict) else None
    return {
        "backend": str(engine.get("BACKEND") or ""),
        "dirs": [str(one) for one in dirs] if isinstance(dirs, list) else [],
        "app_dirs": engine.get("APP_DIRS") is True,
        "loaders": [_loader(one) for one in loaders] if isinstance(loaders, list) else [],
        "context_processors": _words(options, "context_processors"),
    }


def _words(options: Any, name: str) -> list[str]:
    value = options.get(name) if isinstance(options, dict) else None
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _loader(one: Any) -> str:
    """A loader may have arguments, such as the loaders that it caches."""
    return str(one[0]) if isinstance(one, list) and one else str(one)


def static_files(settings: Effective) -> dict[str, Any]:
    dirs = settings.get("STATICFILES_DIRS")
    return {
        "url": settings.get("STATIC_URL"),
        "root": settings.get("STATIC_ROOT"),
        "dirs": [_folder(one) for one in dirs] if isinstance(dirs, list) else [],
        "finders": settings.words("STATICFILES_FINDERS"),
        "storage": _storage(settings),
        "media_url": settings.get("MEDIA_URL"),
        "media_root": settings.get("MEDIA_ROOT"),
    }


def _folder(one: Any) -> str:
    """An entry may be a pair of a prefix and a folder."""
    return str(one[1]) if isinstance(one, list) and len(one) == 2 else str(one)


def _storage(settings: Effective) -> str:
    storages = settings.get("STORAGES")
    entry = storages.get("staticfiles") if isinstance(storages, dict) else None
    if isinstance(entry, dict):
        return str(entry.get("BACKEND") or "")
    old = settings.get("STATICFILES_STORAGE")
    return old if isinstance(old, str) else ""


def middleware(settings: Effective) -> list[str]:
    """Dotted names, in the order in which a request passes through them."""
    return settings.words("MIDDLEWARE")
