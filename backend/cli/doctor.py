"""djdesk doctor: versions, directories, what works on this machine, and how a project is run."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from backend import diagnostics

from . import exits, project_setup
from .problems import harmless
from .project import add_project_options


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "doctor", help="tell what works on this machine", description=__doc__, allow_abbrev=False
    )
    add_project_options(parser, nargs="?")
    parser.add_argument("--trust", action="store_true", help="start the project's interpreter once")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    facts = diagnostics.facts()
    project = project_setup.facts(arguments) if arguments.path is not None else None
    if arguments.json:
        print(json.dumps(facts | ({"project": project} if project else {}), indent=2))
    else:
        print(diagnostics.text(facts))
        for line in project_setup.lines(project) if project else ():
            print(harmless(line))
    return exits.FINE if facts["sandbox"]["launcher"] != "missing" else exits.FAILED
