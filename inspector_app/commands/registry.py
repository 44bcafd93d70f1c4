"""The only door to a command: what INSPECTOR_SAFE_COMMANDS names, with parameters that passed."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from inspector_app.errors import Problem
from inspector_app.models import Workspace

from .known import KnownFacts
from .presets import PRESETS, Preset


def enabled() -> list[Preset]:
    """The presets that are switched on, in the order of the setting.

    Raises:
        Problem: ``bad_setting`` when the setting names something that is no preset.
    """
    unknown = [name for name in settings.INSPECTOR_SAFE_COMMANDS if name not in PRESETS]
    if unknown:
        raise Problem(
            "bad_setting",
            f"INSPECTOR_SAFE_COMMANDS names {unknown[0]!r}, which is not a preset.",
            f"Known presets: {', '.join(PRESETS)}.",
            field="INSPECTOR_SAFE_COMMANDS",
        )
    return [PRESETS[name] for name in settings.INSPECTOR_SAFE_COMMANDS]


def get(name: Any) -> Preset:
    """The preset called exactly ``name``; no abbreviation, no other command."""
    for preset in enabled():
        if preset.name == name:
            return preset
    raise Problem(
        "command_not_allowed",
        f"{str(name)[:60]!r} is not on the list of commands that DJDesk runs.",
        f"Allowed: {', '.join(preset.name for preset in enabled())}.",
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
                f"{preset.name} has no parameter {str(name)[:60]!r}.",
                f"Known: {', '.join(by_name)}.",
                field=str(name)[:60],
            )
    known = KnownFacts(workspace)
    clean: dict[str, Any] = {}
    for name, parameter in by_name.items():
        value = params.get(name)
        if value is None or value == "" or value == []:
            if parameter.required:
                raise Problem(
                    "missing_parameter",
                    f"{preset.name} needs {parameter.label.lower()}.",
                    field=name,
                )
            continue
        clean[name] = parameter.clean(value, clean, known)
    return clean
