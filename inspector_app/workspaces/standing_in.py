"""Whether DJDesk's own Python can run a project: only where it can import every installed app."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

from inspector_app.errors import Problem

from .environment import packages_of
from .found import Found
from .source import Unreadable, parse

# Not importable for a project, although they are for DJDesk: see backend.interpreter.
_OURS = frozenset({"backend", "inspector_app"})
_NAMED = 4


def why_not_standing_in(found: Found, settings_module: str) -> Problem | None:
    """What DJDesk's own Python lacks, from the project's source text; None where it will do.

    Only the apps of INSTALLED_APPS and what the settings import are looked at: an app may import
    more, which its run then says.
    """
    from inspector_app.scans.static.modules import Modules
    from inspector_app.scans.static.settings_values import read_settings

    if not settings_module:
        return None
    modules = Modules(found.root, found.base, packages_of(Path(sys.executable)))
    static = read_settings(settings_module, modules)
    entries, _ = static.strings("INSTALLED_APPS")
    wanted = [*entries, *(name for file in static.files for name in _imported(file))]
    tops = dict.fromkeys(name.partition(".")[0] for name in wanted)
    missing = [
        top
        for top in tops
        if modules.package(top) is None and modules.file(top) is None and not _importable(top)
    ]
    if not missing:
        return None
    named = ", ".join(missing[:_NAMED])
    more = len(missing) - _NAMED
    return Problem(
        "no_interpreter",
        "No Python of the project was found, and DJDesk's own cannot stand in, because it has no "
        f"{named}{f' and {more} more' if more > 0 else ''}.",
        "Install the project's requirements into an environment, or choose its Python under "
        "Project setup. Until then it is only read.",
    )


def _importable(top: str) -> bool:
    if top in sys.stdlib_module_names:
        return True
    try:
        # Of a name without dots nothing is imported to find it.
        return top not in _OURS and importlib.util.find_spec(top) is not None
    except (ImportError, ValueError):
        return False


def _imported(file: Path) -> Iterator[str]:
    """Modules that ``file`` imports whatever happens: not in a function, a branch or a try."""
    try:
        tree = parse(file)
    except Unreadable:
        return
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
