"""The only door to a command: what INSPECTOR_SAFE_COMMANDS names, with parameters that passed."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from inspector_app.errors import Problem
from inspector_app.models import Workspace

from .known import KnownFacts
from .presets import PRESETS, Preset

SETTING = "INSPECTOR_SAFE_COMMANDS"


def enabled() -> list[Preset]:
    """The presets that are switched on, in the order of the setting.

    Raises:
        Problem: ``bad_setting`` when the setting names something that is no preset.
    """
    names = getattr(settings, SETTING)
    # A string instead of a list would be read letter by letter.
    unknown = [names] if isinstance(names, str) else [one for one in names if one not in PRESETS]
    if unknown:
        raise Problem(
            "bad_setting",
            f"{SETTING} names {unknown[0]!r}, which is not a preset.",
            f"Known presets: {', '.join(PRESETS)}.",
            field=SETTING,
        )
    return [PRESETS[name] for name in dict.fromkeys(names)]


def get(name: Any) -> Preset:
    """The preset called exactly ``name``; no abbreviation, no other command."""
    presets = enabled()
    for preset in presets:
        if preset.name == name:
            return preset
    allowed = ", ".join(preset.name for preset in presets) or "none"
    raise Problem(
        "command_not_allowed",
        f"{_shown(name)} is not on the list of commands that DJDesk runs.",
        f"Allowed: {allowed}.",
        field="preset",
    )


def validate(preset: Preset, params: Any, workspace: Workspace) -> dict[str, Any]:
    """The parameters to keep: known names, typed values, nothing empty."""
    if not isinstance(params, dict):
        raise Problem(
            "invalid_parameter", "Parameters are an object of names and values.", field="params"
        )
    by_name = {parameter.name: parameter for parameter in preset.parameters}
    for name in params:
        if name not in by_name:
            raise Problem(
                "unknown_parameter",
                f"{preset.name} has no parameter {_shown(name)}.",
                f"Known: {', '.join(by_name)}.",
                field=str(name)[:60],
            )
    known = KnownFacts(workspace)
    clean: dict[str, Any] = {}
    for name, parameter in by_name.items():
        value = params.get(name)
        if value is None or value in ("", []):
            if parameter.required:
                raise Problem(
                    "missing_parameter",
                    f"{preset.name} needs {parameter.label.lower()}.",
                    field=name,
                )
            continue
        clean[name] = parameter.clean(value, clean, known)
    return clean


def _shown(name: Any) -> str:
    """An untrusted name, short and with everything odd in it escaped."""
    return repr(name[:60]) if isinstance(name, str) else f"a value of type {type(name).__name__}"
