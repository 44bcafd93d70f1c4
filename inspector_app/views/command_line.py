"""The exact command line of a form that may be filled only in part, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from inspector_app.commands import argv
from inspector_app.commands.known import KnownFacts
from inspector_app.commands.presets import Preset
from inspector_app.errors import Problem
from inspector_app.models import Workspace


@dataclass(frozen=True)
class CommandLine:
    """``command`` is what the good values make, ``problems`` says what is wrong with the others."""

    command: list[str]
    problems: list[Problem]


def command_line(preset: Preset, params: dict[str, Any], workspace: Workspace) -> CommandLine:
    """What a run would be, without values that are missing or refused."""
    known = KnownFacts(workspace)
    good: dict[str, Any] = {}
    problems: list[Problem] = []
    for parameter in preset.parameters:
        value = params.get(parameter.name)
        if value is None or value in ("", []):
            continue
        try:
            good[parameter.name] = parameter.clean(value, good, known)
        except Problem as problem:
            problems.append(problem)
    return CommandLine(argv.display(argv.build(preset, good, workspace), workspace), problems)
