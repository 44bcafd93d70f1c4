"""What an exception at the start of a project means, in words for people, by its kind.

The first cause that fits is told. Messages are looked at only where a library raises one class for
everything; the patterns are then those of that library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from inspector_app.models import Workspace
from inspector_app.scans.runtime.failure import Raised
from inspector_app.scans.runtime.told import Told

from . import configuration, imports, surroundings
from .case import Case, Cause

__all__ = ["Cause", "find"]

_IN_A_PACKAGE = (
    "It is raised in the package {}: perhaps its version does not fit those of other packages. "
    "Install the versions that the project's lock file or its documentation names."
)
_SEE = "Its whole traceback is in the log of the scan's run; the last lines name the cause."
_TESTED = 6

_RECOGNISERS: tuple[Callable[[Case], Cause | None], ...] = (
    imports.python_too_old,
    imports.no_django,
    configuration.refused_setting,
    imports.missing_module,
    imports.syntax_error,
    imports.circular_import,
    surroundings.no_variable,
    surroundings.invalid_variables,
    surroundings.ends_itself,
    surroundings.asks,
    surroundings.database,
    surroundings.network,
    surroundings.refused,
    surroundings.no_file,
)


def find(raised: Raised, told: Told, workspace: Workspace | None, root: Path) -> Cause:
    """The cause of ``raised``; of what led to it where only that says anything."""
    # What was raised first is nearest to the cause: Django wraps what goes wrong in its own words.
    chain = list(raised.chain())[:_TESTED]
    cause = _find(chain, told, workspace, root)
    if cause.setting or cause.place is not None:
        return cause
    return replace(cause, setting=configuration.setting_of(chain))


def _find(chain: list[Raised], told: Told, workspace: Workspace | None, root: Path) -> Cause:
    for recognise in _RECOGNISERS:
        for number, one in reversed([*enumerate(chain)]):
            around = chain[:number][::-1]
            cause = recognise(Case(one, told, workspace, root, around))
            if cause is not None:
                return cause
    place = next((one.place_in(root) for one in chain if one.place_in(root)), None)
    package = _package_of(chain[-1])
    action = f"{_IN_A_PACKAGE.format(package)} {_SEE}" if package else _SEE
    return Cause("project_raises", str(chain[0]), action=action, place=place)


def _package_of(raised: Raised) -> str:
    """The installed package that raised it; empty where Django or the project did."""
    file = raised.frames[-1]["file"] if raised.frames else ""
    inside = file.rpartition("/site-packages/")[2] if "/site-packages/" in file else ""
    package = inside.partition("/")[0].removesuffix(".py")
    return "" if package == "django" else package
