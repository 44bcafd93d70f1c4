"""The allow-list as data, for scripts: every preset with its typed parameters."""

from __future__ import annotations

from typing import Any

from inspector_app.models import Workspace
from inspector_app.runs.proven import impossible

from . import registry
from .known import KnownFacts
from .own import consent
from .parameters import Integer, Known, Parameter
from .preset import Preset


def described(workspace: Workspace) -> dict[str, Any]:
    """``presets``, and as ``problem`` what is wrong with the definitions of own ones, or None.

    Choices are those of ``workspace``; one that was never opened knows none.
    """
    known = KnownFacts(workspace)
    own, problem = registry.beyond(workspace)
    return {
        "presets": [_preset(one, workspace, known) for one in (*registry.enabled(), *own)],
        "problem": problem.as_dict() if problem is not None else None,
    }


def _preset(preset: Preset, workspace: Workspace, known: Known) -> dict[str, Any]:
    return {
        "name": preset.name,
        "command": [preset.management_command, *preset.fixed],
        "group": preset.group,
        "description": preset.description,
        "skips_checks": preset.skips_checks,
        "rehearsal": preset.rehearsal,
        "tiers": list(preset.tiers) or None,
        "impossible": impossible(preset) or None,
        "digest": preset.digest or None,
        "consent": consent.state(workspace, preset),
        "parameters": [_parameter(one, known) for one in preset.offered(known)],
    }


def _parameter(parameter: Parameter, known: Known) -> dict[str, Any]:
    bounds = (
        {"min": parameter.least, "max": parameter.most} if isinstance(parameter, Integer) else {}
    )
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "many": parameter.many,
        "required": parameter.required,
        "flag": parameter.flag or None,
        "help": parameter.help,
        "choices": parameter.choices(known),
        **bounds,
    }
