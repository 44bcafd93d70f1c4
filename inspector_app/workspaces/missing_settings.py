"""A settings module that is not there, and which ones are."""

from __future__ import annotations

import re
from pathlib import Path

from inspector_app.errors import Problem
from inspector_app.models import Workspace

from .opening import found_of
from .running import packages_for
from .settings_module import read_settings_modules, settings_file

_NAMED = 5
_PLACE = re.compile(r"(?P<file>.+):(?P<line>\d+)\Z")


def missing_settings(workspace: Workspace) -> Problem | None:
    """What is wrong with the settings module's name; None where it is there, or none is named."""
    name = workspace.settings_module
    found, packages = found_of(workspace), packages_for(workspace)
    if not name or settings_file(found, name, packages) is not None:
        return None
    modules = read_settings_modules(found, map(Path, workspace.env_files), packages)
    others = [one.name for one in modules if one.exists and one.name != name][:_NAMED]
    named = _PLACE.match(workspace.settings_source)
    hint = "Correct the name" + (f" in {named[0]}" if named else "")
    if others:
        hint += f", or choose {' or '.join(others)} with --settings or under Project setup"
    return Problem(
        "settings_missing",
        f"The settings module {name} was not found in the project or its packages",
        f"{hint}.",
    )


def place_of_name(workspace: Workspace) -> tuple[str, int] | None:
    """The file and line that name the settings; None where the user chose them."""
    match = _PLACE.match(workspace.settings_source)
    return (match["file"], int(match["line"])) if match else None
