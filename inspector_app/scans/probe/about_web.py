"""What the settings say about requests: middleware, templates, static files."""

from __future__ import annotations

from typing import Any

from .plain import dotted, plain, text


def middleware(_notes: list[str]) -> list[str]:
    from django.conf import settings

    return [text(name) for name in settings.MIDDLEWARE or ()]


def templates(_notes: list[str]) -> dict[str, Any]:
    from django.conf import settings

    return {"engines": [_engine(one) for one in settings.TEMPLATES or ()]}


def _engine(one: dict[str, Any]) -> dict[str, Any]:
    options = one.get("OPTIONS") or {}
    return {
        "backend": text(one.get("BACKEND", "")),
        "dirs": [text(folder) for folder in one.get("DIRS") or ()],
        "app_dirs": bool(one.get("APP_DIRS")),
        "loaders": [_loader(each) for each in options.get("loaders") or ()],
        "context_processors": [text(each) for each in options.get("context_processors") or ()],
    }


def _loader(one: Any) -> str:
    """A loader may have arguments, such as the loaders that it caches."""
    return text(one[0]) if isinstance(one, (list, tuple)) and one else text(one)


def static_files(_notes: list[str]) -> dict[str, Any]:
    from django.conf import settings

    return {
        "url": _text(settings.STATIC_URL),
        "root": _text(settings.STATIC_ROOT),
        "dirs": [_folder(one) for one in settings.STATICFILES_DIRS or ()],
        "finders": [text(one) for one in settings.STATICFILES_FINDERS or ()],
        "storage": _storage(settings),
        "media_url": _text(settings.MEDIA_URL),
        "media_root": _text(settings.MEDIA_ROOT),
    }


def _storage(settings: Any) -> str:
    storages = getattr(settings, "STORAGES", None)
    if isinstance(storages, dict) and isinstance(storages.get("staticfiles"), dict):
        return text(storages["staticfiles"].get("BACKEND", ""))
    old = getattr(settings, "STATICFILES_STORAGE", "")
    return old if isinstance(old, str) else dotted(old) or str(plain(old))


def _folder(one: Any) -> str:
    """An entry may be a pair of a prefix and a folder."""
    return text(one[1]) if isinstance(one, (list, tuple)) and len(one) == 2 else text(one)


def _text(value: Any) -> str | None:
    return None if value is None else text(value)
