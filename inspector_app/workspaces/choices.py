"""What a user may choose about a project instead of what was found: checked, then remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import Problem

from .env_files import FILES_LIMIT, read_variables
from .settings_mentions import is_module_name
from .source import is_file, is_path

# The source of what a user chose.
CHOSEN = "chosen"


@dataclass(frozen=True)
class Choices:
    """Of each: None keeps what was chosen before, an empty value goes back to what is found."""

    settings: str | None = None
    python: str | None = None
    env_files: Sequence[str] | None = None


def check_settings(module: str) -> None:
    if not is_module_name(module):
        raise Problem(
            "bad_settings",
            f"{module[:80]!r} is not the name of a settings module.",
            "Name it as Python imports it, for example shop.settings.dev.",
            field="settings",
        )


def checked_env_files(files: Sequence[str], root: Path, base: Path) -> list[str]:
    """The absolute paths of ``files``, which are relative to the project or absolute already.

    Raises:
        Problem: ``bad_env_file``.
    """
    if len(files) > FILES_LIMIT:
        raise _bad_env_file(f"More than {FILES_LIMIT} env files are too many.")
    found = []
    for name in files:
        if not name.strip() or not is_path(name):
            raise _bad_env_file("That is not the path of an env file.")
        places = [folder / Path(name).expanduser() for folder in (root, base)]
        file = next((place for place in places if is_file(place)), None)
        if file is None:
            raise _bad_env_file(f"{name} is not a file in {root}.")
        if not any(not variable.broken for variable in read_variables(file)):
            raise _bad_env_file(f"{name} sets no variable that could be read.")
        found.append(str(file.resolve()))
    return list(dict.fromkeys(found))


def _bad_env_file(message: str) -> Problem:
    return Problem(
        "bad_env_file",
        message,
        "Name a file of lines like NAME=value, relative to the project's folder.",
        field="env_files",
    )
