"""Which Python runs a project's commands, and why that one.

Everything is read from files: no interpreter is started, not even with ``--version``.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import Problem

from .environment import Environment, read_installation, read_venv
from .find import Found, shown
from .locators import LOCATORS
from .requirements import DjangoRequirement, read_django_requirement

# The source of an interpreter that a user named.
CHOSEN = "chosen"
# A Python that is not the project's own stands behind DJDesk's when its Django does not fit.
_SHARED = frozenset({"PATH", "pyenv"})


@dataclass(frozen=True)
class Choice:
    """The interpreter in use, the sentence that says why, and those that lost, each with why."""

    chosen: Environment
    why: str
    bundled: bool
    losers: list[tuple[Environment, str]]


def choose_interpreter(found: Found) -> Choice:
    """The first Python, in order of preference, whose Django the project asks for.

    A Django that does not fit is better than none in the project's own environment. Where no
    Python has Django, DJDesk's own stands in.
    """
    candidates = _candidates(found)
    asked = read_django_requirement(found.root, found.script.parent)
    usable = [one for one in candidates if one.django and not one.problem]
    fitting = [one for one in usable if asked is None or asked.allows(one.django)]
    own = [one for one in usable if one.source not in _SHARED]
    chosen = next(iter([*fitting, *own]), None)
    losers = [(one, _why_not(one, asked)) for one in candidates if one is not chosen]
    if chosen is not None:
        return Choice(chosen, _why(chosen, found, asked), bundled=False, losers=losers)
    bundled = bundled_environment()
    return Choice(bundled, _why_bundled(bundled, losers, found, asked), bundled=True, losers=losers)


def named_interpreter(path: Path) -> Choice:
    """The interpreter a user named; it must exist and be executable."""
    absolute = path.expanduser().absolute()
    if not absolute.is_file() or not os.access(absolute, os.X_OK):
        raise Problem(
            "interpreter_missing",
            f"{path} is not a Python that can be started.",
            "Name the interpreter's executable, for example .venv/bin/python.",
            field="python",
        )
    folder = absolute.parent.parent
    venv = (folder / "pyvenv.cfg").is_file()
    read = read_venv(folder, CHOSEN) if venv else read_installation(absolute, CHOSEN)
    environment = Environment(absolute, CHOSEN, read.python, read.django)
    return Choice(environment, "It was chosen by you.", bundled=False, losers=[])


def bundled_environment() -> Environment:
    """DJDesk's own Python and Django."""
    import django

    version = ".".join(str(part) for part in sys.version_info[:3])
    return Environment(Path(sys.executable), "bundled", version, django.get_version())


def bundled_interpreter() -> list[str]:
    """How DJDesk's own Python is started: frozen, the executable is asked to act as one."""
    return [sys.executable, "python"] if getattr(sys, "frozen", False) else [sys.executable]


def command_prefix(interpreter: str, *, bundled: bool) -> list[str]:
    """What stands before ``manage.py`` in a command line."""
    return bundled_interpreter() if bundled else [interpreter]


def _candidates(found: Found) -> list[Environment]:
    """All that the locators know, once each; DJDesk's own environment is never the project's."""
    ours = Path(sys.prefix)
    seen: dict[Path, Environment] = {}
    for locate in LOCATORS:
        # Where a locator may not look, it finds nothing more.
        with suppress(OSError):
            for environment in locate(found):
                path = environment.path
                if path.parent.parent != ours and shown(path) == str(path):
                    seen.setdefault(path, environment)
    return list(seen.values())


def _why(environment: Environment, found: Found, asked: DjangoRequirement | None) -> str:
    where = {
        "project": "in the project folder",
        "beside": "beside the project folder",
        "around": "the environment the project is installed in",
        "PATH": "first on PATH",
    }.get(environment.source, f"kept by {environment.source}")
    name = _short(environment.path, found)
    sentence = f"{name} ({where}) has Django {environment.django}"
    if asked is None:
        return f"{sentence}."
    if not asked.allows(environment.django):
        return f"{sentence}, although {asked.place} asks for {asked.text}."
    return f"{sentence}, and {asked.place} asks for {asked.text}."


def _why_not(environment: Environment, asked: DjangoRequirement | None) -> str:
    if environment.problem:
        return environment.problem[0].upper() + environment.problem[1:] + "."
    if not environment.django:
        return "It has no Django installed."
    if asked is not None and not asked.allows(environment.django):
        return f"It has Django {environment.django}, but {asked.place} asks for {asked.text}."
    return f"It has Django {environment.django}, but another one comes first."


def _why_bundled(
    bundled: Environment,
    losers: list[tuple[Environment, str]],
    found: Found,
    asked: DjangoRequirement | None,
) -> str:
    reason = "no Python of the project has Django installed"
    if losers and losers[0][0].problem:
        reason = f"{_short(losers[0][0].path, found)} cannot be used: {losers[0][0].problem}"
    sentence = f"DJDesk's own Python stands in, because {reason}."
    if asked is not None and not asked.allows(bundled.django):
        sentence += (
            f" It has Django {bundled.django}, but {asked.place} asks for {asked.text},"
            " so results may differ."
        )
    return sentence


def _short(path: Path, found: Found) -> str:
    return str(path.relative_to(found.root)) if path.is_relative_to(found.root) else str(path)
