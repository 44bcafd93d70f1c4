"""The settings that differ from Django's, as a report tells them."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from inspector_app.redaction.setting_values import shown_setting

from .defaults import Defaults, read_defaults
from .modules import Modules
from .scopes import Place
from .settings_values import StaticSettings, read_settings
from .values import Value

# What is longer than this as JSON is not read by anybody; its length is told.
_LONGEST_LIST = 2_000


def settings_of(module: str, modules: Modules) -> dict[str, Any]:
    """The same of any settings module, so that two can be compared."""
    return settings_entry(read_settings(module, modules), read_defaults(modules))


def settings_entry(settings: StaticSettings, defaults: Defaults) -> dict[str, Any]:
    """The section of a report: changed settings, the modules they come from, the environment."""
    return {
        "changed": changed_settings(settings, defaults),
        "modules": [{"module": name, "file": file} for name, file in settings.modules.items()],
        "environment": environment(settings),
    }


def changed_settings(settings: StaticSettings, defaults: Defaults) -> list[dict[str, Any]]:
    """Each setting whose value is not Django's default, by name.

    One whose value is not known has ``known`` false and perhaps its source text; one that the
    environment can change has ``depends`` true, and shows what it is without any variable set.
    """
    return [
        _entry(name, settings, defaults)
        for name in sorted(settings.names)
        if _is_changed(name, settings.names[name], defaults)
    ]


def environment(settings: StaticSettings) -> list[dict[str, Any]]:
    """The variables of the environment that settings are made from, by name."""
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(settings.reads):
        if not _is_setting(name):
            continue
        for read in settings.reads[name]:
            entry = found.setdefault(
                read.variable,
                {"variable": read.variable, "required": read.default is None, "settings": []},
            )
            entry["settings"].append(name)
            entry["default"], entry["redacted"] = _default_of(read.variable, name, read.default)
    return [found[name] for name in sorted(found)]


def _is_setting(name: str) -> bool:
    """As diffsettings has it: what begins with an underscore is the module's own."""
    return name.isupper() and not name.startswith("_")


def _is_changed(name: str, value: Value, defaults: Defaults) -> bool:
    if not _is_setting(name):
        return False
    default = defaults.value(name)
    return default is None or value.unknown or not equal(value.data, default.data)


def _entry(name: str, settings: StaticSettings, defaults: Defaults) -> dict[str, Any]:
    value, default = settings.names[name], defaults.value(name)
    place = settings.places.get(name, Place("", 0))
    shown, reason = shown_setting(name, jsonable(value.data))
    entry = {
        "name": name,
        "value": shown,
        "redacted": reason is not None,
        "reason": reason,
        "file": place.file,
        "line": place.line,
        "custom": default is None,
        "default": jsonable(default.data) if default is not None else None,
    }
    if value.unknown:
        entry["known"] = False
    if not is_whole(value):
        entry["depends"] = True
        if reason is None and settings.expressions.get(name):
            entry["expression"] = settings.expressions[name]
    if reads := settings.reads.get(name):
        entry["environment"] = [read.variable for read in reads]
    return entry


def _default_of(variable: str, name: str, default: Value | None) -> tuple[Any, bool]:
    if default is None or default.unknown:
        return None, False
    value = jsonable(default.data)
    shown, reason = shown_setting(variable, value)
    if reason is None:
        # A key is one by the setting that it ends up in, too.
        shown, reason = shown_setting(name, value)
    return shown, reason is not None


def is_whole(data: object) -> bool:
    """Whether nothing in a value, however deep, can be made different by the environment."""
    match data:
        case Value(data=inner, whole=whole):
            return whole and is_whole(inner)
        case dict():
            return all(map(is_whole, data.values()))
        case list():
            return all(map(is_whole, data))
    return True


def equal(one: object, other: object) -> bool:
    """As Python compares them, but a truth value is no number."""
    return jsonable(one) == jsonable(other) and isinstance(one, bool) is isinstance(other, bool)


def jsonable(data: object) -> Any:
    """A value as JSON has it; what is not known in it is None."""
    match data:
        case Value(data=inner):
            return jsonable(inner)
        case PurePath():
            return str(data)
        case bytes():
            return data.decode("utf-8", "replace")
        case dict():
            return {str(key): jsonable(inner) for key, inner in data.items()}
        case list():
            return [jsonable(inner) for inner in data[:_LONGEST_LIST]]
        case str() | bool() | int() | None:
            return data
        case float():
            # JSON has neither infinity nor what is not a number.
            return data if abs(data) < float("inf") else str(data)
    return None
