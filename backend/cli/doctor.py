"""djdesk doctor: versions, directories, and what works on this machine."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from backend import __version__, options, paths

from . import exits

PROBE_S = 20


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "doctor", help="tell what works on this machine", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    facts = _facts()
    if arguments.json:
        print(json.dumps(facts, indent=2))
    else:
        for group, values in facts.items():
            print(group)
            for name, value in values.items():
                print(f"    {name}: {value}")
    return exits.FINE if facts["sandbox"]["launcher"] != "missing" else exits.FAILED


def _facts() -> dict[str, dict[str, Any]]:
    import django

    return {
        "versions": {
            "djdesk": __version__,
            "django": django.get_version(),
            "python": platform.python_version(),
            "frozen": paths.FROZEN,
            "system": platform.platform(),
        },
        "directories": {
            "data": str(paths.data_dir()),
            "logs": str(paths.log_dir()),
            "cache": str(paths.cache_dir()),
            "documentation": str(paths.DOCS_DIR) if paths.DOCS_DIR.is_dir() else "not built",
        },
        "limits": {"timeout_s": options.task_timeout()},
        "interpreter": {"bundled": sys.executable},
        "sandbox": _sandbox(paths.jail()),
    }


def _sandbox(launcher: Path) -> dict[str, Any]:
    """What the launcher's self-test proved."""
    if not launcher.is_file():
        return {"launcher": "missing", "looked_for": str(launcher)}
    result = subprocess.run(
        [str(launcher), "probe", str(Path.home())],
        capture_output=True,
        check=False,
        timeout=PROBE_S,
        stdin=subprocess.DEVNULL,
    )
    facts: dict[str, Any] = {"launcher": str(launcher)}
    for tier in json.loads(result.stdout)["tiers"]:
        works = "works" if tier["works"] else "does not work"
        facts[tier["tier"]] = f"{works}: {tier['reason']}"
    return facts
