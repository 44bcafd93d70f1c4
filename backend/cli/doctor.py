"""djdesk doctor: versions, directories, what works on this machine, and how a project is run."""

from __future__ import annotations

import json
import platform
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from backend import __version__, options, paths

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
    facts = _facts()
    project = project_setup.facts(arguments) if arguments.path is not None else None
    if arguments.json:
        print(json.dumps(facts | ({"project": project} if project else {}), indent=2))
    else:
        for group, values in facts.items():
            print(group)
            for name, value in values.items():
                print(f"    {name}: {value}")
        for line in project_setup.lines(project) if project else ():
            print(harmless(line))
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
    """What the launcher's trial of every tier proved, where scratch folders would lie."""
    if not launcher.is_file():
        return {"launcher": "missing", "looked_for": str(launcher)}
    from inspector_app.runs.probe import probe

    facts: dict[str, Any] = {"launcher": str(launcher)}
    for proven in probe(launcher, paths.data_dir()):
        works = "works" if proven.works else "does not work"
        facts[proven.tier] = f"{works}: {proven.reason}"
    if len(facts) == 1:
        facts["trial"] = "failed: the launcher did not answer"
    return facts
