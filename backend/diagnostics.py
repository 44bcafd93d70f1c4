"""What one needs to know of a machine to understand a problem, for page and terminal."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import Any

from backend import __version__, options, paths

Facts = dict[str, dict[str, Any]]


def facts() -> Facts:
    """Versions, directories, limits, and what a trial of each sandbox tier proves here."""
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


def report() -> str:
    """The facts as a text that can be pasted somewhere."""
    return text(facts())


def text(known: Facts) -> str:
    lines = []
    for group, values in known.items():
        lines += [group, *(f"    {name}: {value}" for name, value in values.items())]
    return "\n".join(lines)


def _sandbox(launcher: Path) -> dict[str, Any]:
    """What the launcher's trial of every tier proved, where scratch folders would lie."""
    if not launcher.is_file():
        return {"launcher": "missing", "looked_for": str(launcher)}
    from inspector_app.runs.probe import probe

    found: dict[str, Any] = {"launcher": str(launcher)}
    for proven in probe(launcher, paths.data_dir()):
        works = "works" if proven.works else "does not work"
        found[proven.tier] = f"{works}: {proven.reason}"
    if len(found) == 1:
        found["trial"] = "failed: the launcher did not answer"
    return found
