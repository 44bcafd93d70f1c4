"""The settings whose values are not Django's defaults, as ``diffsettings`` finds them."""

from __future__ import annotations

import sys
from typing import Any

from .plain import plain, text

_MOST = 2000


def read(_notes: list[str]) -> dict[str, Any]:
    from django.conf import global_settings, settings

    defaults = {name: value for name, value in vars(global_settings).items() if name.isupper()}
    values = _all(vars(settings)["_wrapped"])
    changed = [
        {
            "name": text(name),
            "value": plain(value),
            "default": plain(defaults.get(name)),
            "custom": name not in defaults,
        }
        for name, value in sorted(values.items())
        if name not in defaults or _differs(value, defaults[name])
    ]
    return {
        "changed": changed[:_MOST],
        "modules": _modules(text(values.get("SETTINGS_MODULE", ""))),
    }


def _all(wrapped: Any) -> dict[str, Any]:
    """Of a module, or of an object that stands over one, as ``override_settings`` makes it."""
    inner = getattr(wrapped, "default_settings", None)
    found = _all(inner) if inner is not None and not hasattr(inner, "__spec__") else {}
    found.update({name: value for name, value in vars(wrapped).items() if name.isupper()})
    return found


def _differs(value: Any, default: Any) -> bool:
    try:
        return bool(value != default)
    except Exception:
        return True


def _modules(module: str) -> list[dict[str, str]]:
    """The settings module, and the modules beside it that it brought along, in reading order."""
    package = module.rpartition(".")[0] if "." in module else module
    names = [module]
    if package and package.rpartition(".")[2].startswith("settings"):
        names = [name for name in sys.modules if name == module or name.startswith(package + ".")]
    found = [(name, getattr(sys.modules.get(name), "__file__", None)) for name in names]
    return [{"module": text(name), "file": file} for name, file in found if isinstance(file, str)]
