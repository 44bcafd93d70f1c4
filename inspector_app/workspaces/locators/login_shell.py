"""The Pythons on the login shell's PATH, where DJDesk's own PATH is that of the desktop."""

from __future__ import annotations

from collections.abc import Iterator

from inspector_app.workspaces import login_path
from inspector_app.workspaces.environment import Environment
from inspector_app.workspaces.found import Found

from .on_path import pythons_on


def locate(found: Found) -> Iterator[Environment]:  # noqa: ARG001 -- every locator takes the project
    if login_path.is_bare():
        yield from pythons_on(login_path.asked(), source="login shell")
