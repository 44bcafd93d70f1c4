"""``djdesk presets``: the commands that may run, and their parameters."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from . import exits
from .private import engine_without_server


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "presets", help="list the allow-list", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("path", metavar="PATH", nargs="?", help="offer the choices of this project")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, settings=None, python=None)


def run(options: Namespace) -> int:
    with engine_without_server(options):
        described = _describe(options)
    if options.json:
        print(json.dumps({"presets": described}, indent=2))
        return exits.FINE
    for preset in described:
        print(f"{preset['name']}: {preset['description']}")
        for parameter in preset["parameters"]:
            choices = parameter["choices"]
            known = f" [{', '.join(choices)}]" if choices else ""
            need = ", required" if parameter["required"] else ""
            print(f"    {parameter['name']} ({parameter['kind']}{need}){known} {parameter['help']}")
    return exits.FINE


def _describe(options: Namespace) -> list[dict[str, Any]]:
    from inspector_app.commands import registry
    from inspector_app.commands.known import KnownFacts
    from inspector_app.models import Workspace

    from .private import open_project

    workspace = open_project(options) if options.path else Workspace()
    known = KnownFacts(workspace)
    return [
        {
            "name": preset.name,
            "description": preset.description,
            "skips_checks": preset.skips_checks,
            "parameters": [
                {
                    "name": parameter.name,
                    "kind": parameter.kind,
                    "required": parameter.required,
                    "help": parameter.help,
                    "choices": parameter.choices(known) if options.path else None,
                }
                for parameter in preset.parameters
            ],
        }
        for preset in registry.enabled()
    ]
