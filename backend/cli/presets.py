"""djdesk presets: the commands that may run, and their parameters."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from inspector_app.errors import Problem

from . import exits
from .private import engine_without_server
from .problems import harmless, tell
from .project import add_project_options, open_project


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "presets", help="list the allow-list", description=__doc__, allow_abbrev=False
    )
    add_project_options(parser, nargs="?")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    with engine_without_server(options):
        from inspector_app.commands.describe import described
        from inspector_app.models import Workspace

        found = described(open_project(options) if options.path else Workspace())
    if options.json:
        print(json.dumps(found, indent=2))
        return exits.FINE
    for preset in found["presets"]:
        _tell(preset)
    problem = found["problem"]
    if problem is not None:
        tell(Problem(problem["code"], problem["message"], problem["hint"]), as_json=False)
        return exits.REFUSED
    return exits.FINE


def _tell(preset: dict[str, Any]) -> None:
    print(harmless(f"{preset['name']}: {preset['description']}"))
    if preset["rehearsal"]:
        print(f"    a rehearsal: runs only in {' or '.join(preset['tiers'])}")
    for tier, reason in (preset["impossible"] or {}).items():
        print(harmless(f"    cannot run here: {tier}: {reason}"))
    if preset["digest"]:
        print(f"    --consent {preset['digest']}")
    for parameter in preset["parameters"]:
        choices = parameter["choices"]
        known = f" [{', '.join(choices)}]" if choices else ""
        if "min" in parameter:
            known = f" [{parameter['min']} to {parameter['max']}]"
        kind = parameter["kind"] + (", required" if parameter["required"] else "")
        print(harmless(f"    {parameter['name']} ({kind}){known} {parameter['help']}"))
