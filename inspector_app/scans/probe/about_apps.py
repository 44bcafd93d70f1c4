"""Installed apps, in the order of INSTALLED_APPS."""

from __future__ import annotations

from typing import Any

from .places import of_class
from .plain import dotted, text


def read(_notes: list[str]) -> list[dict[str, Any]]:
    from django.apps import apps

    return [
        {
            "label": text(config.label),
            "name": text(config.name),
            "path": text(config.path),
            "verbose_name": text(config.verbose_name),
            "config": dotted(type(config)),
            "file": of_class(type(config))[0],
        }
        for config in apps.get_app_configs()
    ]
