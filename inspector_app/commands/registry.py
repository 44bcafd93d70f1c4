"""The only door to a command: what INSPECTOR_SAFE_COMMANDS names, with parameters that passed."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from inspector_app.errors import Problem
from inspector_app.models import Workspace

from .known import KnownFacts
from .own import own_presets, written_presets
from .parameters import Known, Parameter
from .preset import Preset, is_known
from .presets import PRESETS

SETTING = "INSPECTOR_SAFE_COMMANDS"

# Stands in the setting for all commands that projects offer, and that the user wrote down for them.
OWN_COMMANDS = "own-commands"


def enabled() -> list[Preset]:
    """DJDesk's own presets that are switched on, in the order of the setting.

    Raises:
        Problem: ``bad_setting`` when the setting names something that is no preset.
    """
    return [PRESETS[name] for name in _switched_on() if name != OWN_COMMANDS]


def written(workspace: Workspace) -> list[Preset]:
    """The commands that the user wrote down for the project, where own ones are switched on.

    Raises:
        Problem: ``bad_setting``, or ``bad_own_commands`` for what is wrong with them.
    """
    return written_presets(workspace.own_commands) if OWN_COMMANDS in _switched_on() else []


def own(workspace: Workspace) -> list[Preset]:
    """The commands that the project offers, where those are switched on.

    Raises:
        Problem: ``bad_setting``, or ``bad_own_commands`` for what is wrong with its djdesk.toml.
    """
    return own_presets(workspace.root) if OWN_COMMANDS in _switched_on() else []


def beyond(workspace: Workspace) -> tuple[list[Preset], Problem | None]:
    """All that is not DJDesk's own, each name once, and what is wrong with the rest of it."""
    found: dict[str, Preset] = {}
    problem = None
    for source in (written, own):
        try:
            found = {preset.name: preset for preset in source(workspace)} | found
        except Problem as wrong:
            problem = problem or wrong
    return list(found.values()), problem


def get(name: Any, workspace: Workspace) -> Preset:
    """The preset called exactly ``name``; no abbreviation, no other command."""
    presets = enabled()
    found = _named(name, presets)
    for source in (written, own):
        if found is None:
            # Read only now: a file of the project must not get in the way of DJDesk's own presets.
            more = source(workspace)
            found = _named(name, more)
            presets += more
    if found is not None:
        return found
    allowed = ", ".join(preset.name for preset in presets) or "none"
    raise Problem(
        "command_not_allowed",
        f"{_shown(name)} is not on the list of commands that DJDesk runs.",
        f"Allowed: {allowed}.",
        field="preset",
    )


def validate(preset: Preset, params: Any, workspace: Workspace) -> dict[str, Any]:
    """The parameters to keep: known names, typed values, nothing empty."""
    known = KnownFacts(workspace)
    require_names(preset, params, known)
    clean: dict[str, Any] = {}
    for parameter in preset.offered(known):
        value = params.get(parameter.name)
        if is_empty(value):
            if parameter.required:
                raise Problem(
                    "missing_parameter",
                    f"{preset.name} needs {parameter.label.lower()}.",
                    f"The parameter is called {parameter.name}.",
                    field=parameter.name,
                )
            parameter.left_out(known)
            continue
        clean[parameter.name] = parameter.clean(value, clean, known)
    return clean


def require_names(preset: Preset, params: Any, known: Known) -> None:
    """Refuse what is no object of this preset's parameters; their values are not looked at."""
    if not isinstance(params, dict):
        raise Problem(
            "invalid_parameter", "Parameters are an object of names and values.", field="params"
        )
    by_name = {parameter.name: parameter for parameter in preset.parameters}
    for name in params:
        parameter = by_name.get(name)
        if parameter is None:
            raise Problem(
                "unknown_parameter",
                f"{preset.name} has no parameter {_shown(name)}.",
                f"Known: {', '.join(one.name for one in preset.offered(known)) or 'none'}.",
                field=str(name)[:60],
            )
        if not is_known(parameter, known):
            raise _too_new(preset, parameter, known)


def is_empty(value: Any) -> bool:
    """Whether a parameter counts as not given."""
    return value is None or value in ("", [])


def _switched_on() -> list[str]:
    names = getattr(settings, SETTING)
    allowed = (*PRESETS, OWN_COMMANDS)
    # A string instead of a list would be read letter by letter.
    unknown = [names] if isinstance(names, str) else [one for one in names if one not in allowed]
    if unknown:
        raise Problem(
            "bad_setting",
            f"{SETTING} names {unknown[0]!r}, which is not a preset.",
            f"Known presets: {', '.join(allowed)}.",
            field=SETTING,
        )
    return list(dict.fromkeys(names))


def _named(name: Any, presets: list[Preset]) -> Preset | None:
    return next((preset for preset in presets if preset.name == name), None)


def _too_new(preset: Preset, parameter: Parameter, known: Known) -> Problem:
    version = ".".join(map(str, known.django()))
    return Problem(
        "unknown_parameter",
        f"{preset.name} has {parameter.name} only from Django {parameter.since} on; this project "
        + (f"uses {version}." if version else "does not tell which Django it uses."),
        field=parameter.name,
    )


def _shown(name: Any) -> str:
    """An untrusted name, short and with everything odd in it escaped."""
    return repr(name[:60]) if isinstance(name, str) else f"a value of type {type(name).__name__}"
