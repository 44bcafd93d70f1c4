"""Opening a line that a page names, once it is known to be one of the project's."""

from __future__ import annotations

from typing import Any

from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.preferences import all_preferences
from inspector_app.workspaces.places import place_in

from .choice import editor
from .starting import start

LINE_MOST = 10_000_000


def open_line(workspace: Workspace, path: Any, line: Any) -> str:
    """Show a line in the user's editor; returns the editor's name.

    Raises:
        Problem: ``bad_path``, ``invalid_parameter``, ``no_editor``, ``editor_failed``.
    """
    if isinstance(line, bool) or not isinstance(line, int) or not 0 < line <= LINE_MOST:
        raise Problem("invalid_parameter", "line is a whole number from 1.", field="line")
    file = place_in(workspace, path)
    ready = editor(all_preferences())
    if ready is None:
        raise Problem(
            "no_editor",
            "No editor was found that DJDesk knows how to open.",
            f"Name yours under Preferences, Editor. The line is {file}:{line}.",
        )
    start(ready, file, line)
    return ready.title
