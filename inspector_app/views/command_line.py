"""The exact command line of a form that may be filled only in part, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from inspector_app.commands import argv, registry
from inspector_app.commands.known import KnownFacts
from inspector_app.commands.preset import Preset
from inspector_app.errors import Problem
from inspector_app.models import Workspace


@dataclass(frozen=True)
class CommandLine:
    """``command`` is what the good values make, ``problems`` says what is wrong with the others."""

    command: list[str]
    problems: list[Problem]


def command_line(preset: Preset, params: dict[str, Any], workspace: Workspace) -> CommandLine:
    """What a run would be, without values that are missing or refused.

    Raises:
        Problem: there is no parameter of one of these names.
    """
    known = KnownFacts(workspace)
    registry.require_names(preset, params, known)
    good: dict[str, Any] = {}
    problems: list[Problem] = []
    for parameter in preset.offered(known):
        value = params.get(parameter.name)
        if registry.is_empty(value):
            continue
        try:
            good[parameter.name] = parameter.clean(value, good, known)
        except Problem as problem:
            problems.append(problem)
    return CommandLine(argv.display(argv.build(preset, good, workspace), workspace), problems)
