"""What was found out about a project, and what its user chose, as fields of its workspace."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from inspector_app.errors import Problem
from inspector_app.models import Workspace

from .choices import CHOSEN, Choices, check_settings, checked_env_files
from .found import Found
from .interpreter import Choice, choose_interpreter, named_interpreter
from .settings_module import read_settings_modules
from .source import is_path
from .standing_in import why_not_standing_in
from .verify import fingerprint


def describe(found: Found, known: Workspace | None, choices: Choices) -> dict[str, Any]:
    """Values for the fields of the workspace of ``found``; nothing of the project is run.

    ``known`` is the workspace as it was kept before.

    Raises:
        Problem: ``bad_settings``, ``bad_env_file``, ``bad_path`` or ``interpreter_missing``.
    """
    env_files = _env_files(found, known, choices.env_files)
    module, source = _settings(found, known, choices.settings, env_files)
    choice = _interpreter(found, known, choices.python)
    problem = why_not_standing_in(found, module) if choice.bundled else None
    facts = {
        "manage_py": str(found.manage_py) if found.manage_py is not None else "",
        "python_path": [str(folder) for folder in found.python_path],
        "settings_module": module,
        "settings_source": source,
        "env_files": env_files,
        "interpreter": str(choice.chosen.path),
        "interpreter_source": choice.chosen.source,
        "interpreter_why": (problem.message if problem is not None else choice.why)[:500],
        "bundled": choice.bundled,
    }
    if known is not None and _is_proven(known, choice):
        # What it said of itself when it was started goes before what its files say.
        return facts
    return facts | {
        "python_version": choice.chosen.python,
        "django_version": choice.chosen.django,
        "interpreter_problem": problem.as_dict() if problem is not None else None,
        "interpreter_proof": "",
    }


def _is_proven(known: Workspace, choice: Choice) -> bool:
    same = known.interpreter == str(choice.chosen.path) and bool(known.interpreter_proof)
    return same and known.interpreter_proof == fingerprint(choice.chosen.path)


def _settings(
    found: Found, known: Workspace | None, asked: str | None, env_files: list[str]
) -> tuple[str, str]:
    if asked:
        check_settings(asked)
        return asked, CHOSEN
    if asked is None and known is not None and known.settings_source == CHOSEN:
        return known.settings_module, CHOSEN
    modules = read_settings_modules(found, map(Path, env_files))
    return (modules[0].name, modules[0].place) if modules else ("", "")


def _env_files(found: Found, known: Workspace | None, asked: Any) -> list[str]:
    if asked is not None:
        return checked_env_files(asked, found.root, found.base)
    return list(known.env_files) if known is not None else []


def _interpreter(found: Found, known: Workspace | None, asked: str | None) -> Choice:
    if asked:
        if not is_path(asked):
            raise Problem("bad_path", "That is not a path.", "Name a Python.", field="python")
        return named_interpreter(Path(asked), found)
    if asked is None and known is not None and known.interpreter_source == CHOSEN:
        # What was chosen and is gone, or broken by now, is looked for anew.
        with suppress(Problem):
            return named_interpreter(Path(known.interpreter))
    return choose_interpreter(found)
