"""Which Python runs a project's commands, and why that one.

Everything is read from files: no interpreter is started, not even with ``--version``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import Problem

from .environment import Environment, read_venv
from .find import Found
from .locators import LOCATORS


@dataclass(frozen=True)
class Choice:
    """The interpreter in use, the sentence that says why, and those that lost, each with why."""

    chosen: Environment
    why: str
    bundled: bool
    losers: list[tuple[Environment, str]]


def choose_interpreter(found: Found) -> Choice:
    """The first Python, in order of preference, that has Django; else DJDesk's own."""
    seen: dict[Path, Environment] = {}
    for locate in LOCATORS:
        for environment in locate(found):
            seen.setdefault(environment.path, environment)
    chosen: Environment | None = None
    losers: list[tuple[Environment, str]] = []
    for environment in seen.values():
        if chosen is None and environment.django and not environment.problem:
            chosen = environment
        else:
            losers.append((environment, _why_not(environment)))
    if chosen is not None:
        return Choice(chosen, _why(chosen, found), bundled=False, losers=losers)
    reason = "no Python of the project has Django installed"
    if losers and losers[0][0].problem:
        reason = f"{_short(losers[0][0].path, found)} cannot be used: {losers[0][0].problem}"
    return Choice(
        bundled_environment(),
        f"DJDesk's own Python stands in, because {reason}.",
        bundled=True,
        losers=losers,
    )


def named_interpreter(path: Path) -> Choice:
    """The interpreter a user named; it must exist and be executable."""
    import os

    absolute = path.expanduser().absolute()
    if not absolute.is_file() or not os.access(absolute, os.X_OK):
        raise Problem(
            "interpreter_missing",
            f"{path} is not a Python that can be started.",
            "Name the interpreter's executable, for example .venv/bin/python.",
            field="python",
        )
    environment = read_venv(absolute.parent.parent, source="chosen")
    environment = Environment(absolute, "chosen", environment.python, environment.django)
    return Choice(environment, "It was chosen by you.", bundled=False, losers=[])


def bundled_environment() -> Environment:
    """DJDesk's own Python and Django."""
    import django

    version = ".".join(str(part) for part in sys.version_info[:3])
    return Environment(Path(sys.executable), "bundled", version, django.get_version())


def command_prefix(interpreter: str, *, bundled: bool) -> list[str]:
    """What stands before ``manage.py`` in a command line."""
    if bundled and getattr(sys, "frozen", False):
        return [sys.executable, "python"]
    return [sys.executable if bundled else interpreter]


def _why(environment: Environment, found: Found) -> str:
    where = {
        "project": "in the project folder",
        "PATH": "first on PATH",
    }.get(environment.source, f"kept by {environment.source}")
    return f"{_short(environment.path, found)} ({where}) has Django {environment.django}."


def _why_not(environment: Environment) -> str:
    if environment.problem:
        return environment.problem[0].upper() + environment.problem[1:] + "."
    if not environment.django:
        return "It has no Django installed."
    return f"It has Django {environment.django}, but another one comes first."


def _short(path: Path, found: Found) -> str:
    return str(path.relative_to(found.root)) if path.is_relative_to(found.root) else str(path)
