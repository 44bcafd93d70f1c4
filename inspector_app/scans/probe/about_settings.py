"""The settings whose values are not Django's defaults, as ``diffsettings`` finds them."""

from __future__ import annotations

import sys
from typing import Any

from .plain import plain, text

_MOST = 2000


# Django knows them, but has no value for them.
_WITHOUT_DEFAULT = ("ROOT_URLCONF", "SETTINGS_MODULE")

_as_written: dict[str, Any] = {}


def remember() -> None:
    """Called before the apps are loaded: Django fills in what a database does not name."""
    from django.conf import settings

    _as_written["DATABASES"] = plain(getattr(settings, "DATABASES", None))


def read(_notes: list[str]) -> dict[str, Any]:
    from django.conf import global_settings, settings

    defaults = {name: value for name, value in vars(global_settings).items() if name.isupper()}
    values = _all(vars(settings)["_wrapped"])
    changed = [
        {
            "name": text(name),
            "value": _as_written[name] if name in _as_written else plain(value),
            "default": plain(defaults.get(name)),
            "custom": name not in defaults and name not in _WITHOUT_DEFAULT,
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
    # What begins with an underscore is the module's own, and diffsettings leaves it out as well.
    named = (name for name in vars(wrapped) if name.isupper() and not name.startswith("_"))
    found.update({name: vars(wrapped)[name] for name in named})
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
