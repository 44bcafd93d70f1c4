"""Commands that a project offers in its djdesk.toml, or that the user wrote down for it.

Each runs only once the user has allowed it. The file is part of the untrusted project: what it says
is checked as strictly as a request, and its commands run in isolating tiers only, so it cannot let
out more than the project's code could.
"""

from __future__ import annotations

from inspector_app.commands.preset import Preset

from .definition import presets_of
from .file import read_own_file
from .written import written_presets

__all__ = ["own_presets", "written_presets"]


def own_presets(root: str) -> list[Preset]:
    """The commands that ``djdesk.toml`` in ``root`` offers; none without such a file.

    Raises:
        Problem: ``bad_own_commands``, which names the file and the key at fault.
    """
    table = read_own_file(root) if root else None
    return presets_of(table) if table is not None else []
