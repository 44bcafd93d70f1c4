"""The settings that are not Django's defaults; what is secret in them is not there."""

from __future__ import annotations

from typing import Any

from inspector_app.redaction.redactor import Redactor
from inspector_app.redaction.setting_values import shown_setting

from .sources import Sources

Entry = dict[str, Any]

KNOWN = "known secret"


def build_settings(sources: Sources, redactor: Redactor) -> dict[str, Any]:
    """What they are made from, modules and variables, the source text tells."""
    told, written = sources.data("settings"), sources.reading.changed_settings
    if told is None:
        return written
    by_name = {one["name"]: one for one in written["changed"]}
    modules = [
        {"module": one["module"], "file": sources.shown(one["file"])} for one in told["modules"]
    ]
    return written | {
        "changed": [
            _entry(one, by_name.get(one["name"]), sources, redactor) for one in told["changed"]
        ],
        "modules": written.get("modules") or modules,
    }


def _entry(setting: Entry, written: Entry | None, sources: Sources, redactor: Redactor) -> Entry:
    value, reason = _shown(setting["name"], setting["value"], redactor)
    variables = written.get("environment") if written is not None else None
    place = sources.reading.settings.places.get(setting["name"])
    return {
        "name": setting["name"],
        "value": value,
        "redacted": reason is not None,
        "reason": reason,
        "default": setting["default"],
        "custom": setting["custom"],
        "file": place.file if place is not None else "",
        "line": place.line if place is not None else 0,
        **({"environment": variables} if variables else {}),
    }


def _shown(name: str, value: Any, redactor: Redactor) -> tuple[Any, str | None]:
    """Without what its names and shapes tell, and without what is a secret elsewhere."""
    shown, reason = shown_setting(name, value)
    clean = redactor.data(shown)
    return clean, reason or (KNOWN if clean != shown else None)
