"""Which Python runs a project's commands, and why that one.

Everything is read from files: no interpreter is started, not even with ``--version``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import Problem

from .choices import CHOSEN
from .environment import Environment, read_installation, read_venv
from .executables import why_no_python
from .found import Found
from .locators import LOCATORS, Locator, login_shell
from .opened import shown
from .python_requirement import PythonRequirement, read_python_requirement
from .requirements.of_django import DjangoRequirement, read_django_requirement
from .source import exists, is_dir

__all__ = ["CHOSEN", "Choice", "choose_interpreter", "named_interpreter"]

# A Python that is not the project's own stands behind DJDesk's when its Django does not fit.
_SHARED = frozenset({"PATH", "pyenv", "login shell"})


@dataclass(frozen=True)
class Choice:
    """The interpreter in use, the sentence that says why, and those that lost, each with why."""

    chosen: Environment
    why: str
    bundled: bool
    losers: list[tuple[Environment, str]]


@dataclass(frozen=True)
class _Asked:
    """What the project asks of its Python."""

    django: DjangoRequirement | None
    python: PythonRequirement | None

    def allows(self, one: Environment) -> bool:
        return (self.django is None or self.django.allows(one.django)) and (
            self.python is None or self.python.allows(one.python)
        )


def choose_interpreter(found: Found, *, everywhere: bool = False) -> Choice:
    """The first Python, in order of preference, whose Django the project asks for.

    A Django that does not fit is better than none in the project's own environment. Where no
    Python has Django, DJDesk's own stands in. ``everywhere`` also looks where that takes time and
    would not change the choice.
    """
    asked = _Asked(
        read_django_requirement(found.root, found.base),
        read_python_requirement(found.root, found.base),
    )
    candidates = _candidates(found, LOCATORS)
    if everywhere or not any(_fits(one, asked) for one in candidates):
        more = _candidates(found, [login_shell.locate])
        known = {one.path for one in candidates}
        candidates += [one for one in more if one.path not in known]
    usable = [one for one in candidates if one.django and not one.problem]
    own = [one for one in usable if one.source not in _SHARED]
    chosen = next(iter([*(one for one in usable if asked.allows(one)), *own]), None)
    losers = [(one, _why_not(one, asked)) for one in candidates if one is not chosen]
    if chosen is not None:
        return Choice(chosen, _why(chosen, found, asked), bundled=False, losers=losers)
    bundled = bundled_environment()
    return Choice(bundled, _why_bundled(bundled, losers, found, asked), bundled=True, losers=losers)


def _without_steps_back(path: Path) -> Path:
    """``/a/../b`` as ``/b``, where a link in between does not make that another one."""
    short = Path(os.path.normpath(path))
    # Two environments may well link to one Python, but do not lie in one folder.
    there = exists(path.parent) and exists(short.parent)
    return short if there and short.parent.samefile(path.parent) else path


def named_interpreter(path: Path, found: Found | None = None) -> Choice:
    """The interpreter a user named, or that of an environment's folder.

    A relative path is one in the project.

    Raises:
        Problem: ``interpreter_missing``, with why it cannot be used.
    """
    absolute = path.expanduser()
    if found is not None and not absolute.is_absolute():
        absolute = found.root / absolute
    absolute = _without_steps_back(absolute.absolute())
    if is_dir(absolute):
        absolute = _python_in(absolute)
    reason = why_no_python(absolute)
    if reason:
        raise _no_python(path, reason)
    folder = absolute.parent.parent
    venv = (folder / "pyvenv.cfg").is_file()
    read = read_venv(folder, CHOSEN) if venv else read_installation(absolute, CHOSEN)
    if read.problem:
        raise _no_python(path, f"cannot be used: {read.problem}")
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


def _python_in(folder: Path) -> Path:
    """The Python of an environment that was named by its folder, or by that of its programs."""
    names = ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe", "python", "python3")
    places = [folder / name for name in names]
    return next((place for place in places if place.is_file()), folder)


def _no_python(path: Path, reason: str) -> Problem:
    return Problem(
        "interpreter_missing",
        f"{path} {reason}.",
        "Name the interpreter's executable, for example .venv/bin/python.",
        field="python",
    )


def _candidates(found: Found, locators: Iterable[Locator]) -> list[Environment]:
    """All that ``locators`` know, once each; DJDesk's own environment is never the project's."""
    ours = Path(sys.prefix)
    seen: dict[Path, Environment] = {}
    for locate in locators:
        # Where a locator may not look, it finds nothing more.
        with suppress(OSError):
            for environment in locate(found):
                path = environment.path
                if path.parent.parent != ours and shown(path) == str(path):
                    seen.setdefault(path, environment)
    return list(seen.values())


def _fits(one: Environment, asked: _Asked) -> bool:
    return bool(one.django) and not one.problem and asked.allows(one)


def _why(environment: Environment, found: Found, asked: _Asked) -> str:
    where = {
        "project": "in the project folder",
        "beside": "beside the project folder",
        "around": "the environment the project is installed in",
        "PATH": "first on PATH",
        "login shell": "first on your login shell's PATH",
    }.get(environment.source, f"kept by {environment.source}")
    name = _short(environment.path, found)
    sentence = f"{name} ({where}) has Django {environment.django}"
    if asked.django is not None:
        wanted = f"{asked.django.place} asks for {asked.django.text}"
        joint = ", and" if asked.django.allows(environment.django) else ", although"
        sentence += f"{joint} {wanted}"
    if asked.python is not None and not asked.python.allows(environment.python):
        sentence += f"; its Python {environment.python} is not {asked.python.text}"
        sentence += f", which {asked.python.place} asks for"
    return f"{sentence}."


def _why_not(environment: Environment, asked: _Asked) -> str:
    if environment.problem:
        return environment.problem[0].upper() + environment.problem[1:] + "."
    if not environment.django:
        return "It has no Django installed."
    if asked.django is not None and not asked.django.allows(environment.django):
        wanted = f"{asked.django.place} asks for {asked.django.text}"
        return f"It has Django {environment.django}, but {wanted}."
    if asked.python is not None and not asked.python.allows(environment.python):
        wanted = f"{asked.python.place} asks for {asked.python.text}"
        return f"It is Python {environment.python}, but {wanted}."
    return f"It has Django {environment.django}, but another one comes first."


def _why_bundled(
    bundled: Environment, losers: list[tuple[Environment, str]], found: Found, asked: _Asked
) -> str:
    reason = "no Python of the project has Django installed"
    if losers and losers[0][0].problem:
        reason = f"{_short(losers[0][0].path, found)} cannot be used: {losers[0][0].problem}"
    sentence = f"DJDesk's own Python stands in, because {reason}."
    if asked.django is not None and not asked.django.allows(bundled.django):
        sentence += (
            f" It has Django {bundled.django}, but {asked.django.place} asks for "
            f"{asked.django.text}, so results may differ."
        )
    return sentence


def _short(path: Path, found: Found) -> str:
    return str(path.relative_to(found.root)) if path.is_relative_to(found.root) else str(path)
