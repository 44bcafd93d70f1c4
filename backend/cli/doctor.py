"""djdesk doctor: versions, directories, and what works on this machine."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from backend import diagnostics

from . import exits


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "doctor", help="tell what works on this machine", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    facts = diagnostics.facts()
    print(json.dumps(facts, indent=2) if arguments.json else diagnostics.text(facts))
    return exits.FINE if facts["sandbox"]["launcher"] != "missing" else exits.FAILED
