"""Two settings modules side by side, both read from their source text."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from inspector_app.models import Workspace
from inspector_app.redaction.project import redactor_for
from inspector_app.redaction.redactor import Redactor
from inspector_app.redaction.setting_values import shown_setting
from inspector_app.scans.static.changed_settings import equal, jsonable
from inspector_app.scans.static.modules import Modules
from inspector_app.scans.static.settings_values import StaticSettings, read_settings
from inspector_app.workspaces.environment import packages_of
from inspector_app.workspaces.find import Found
from inspector_app.workspaces.settings_module import read_settings_modules

from .setting_values import ShownValue, shown_value

# In the order in which the page has them.
CHANGED, LEFT, RIGHT, UNKNOWN = "changed", "left", "right", "unknown"


@dataclass(frozen=True)
class Side:
    """A setting in one module. ``known`` is False where its source text does not tell the value."""

    value: ShownValue | None
    redacted: bool
    known: bool
    file: str
    line: int


@dataclass(frozen=True)
class Difference:
    """``kind`` is ``changed``, ``left`` or ``right`` for one that only that side sets, or
    ``unknown``, where nobody can tell from the source text."""

    name: str
    kind: str
    left: Side | None
    right: Side | None


@dataclass(frozen=True)
class Comparison:
    """``same`` counts the settings that are alike. ``notes`` is what could not be followed."""

    differences: list[Difference]
    same: int
    notes: list[str]


def candidates(workspace: Workspace) -> list[str]:
    """The settings modules that the project names or has, the one in use first."""
    found = Found(workspace.root_path, Path(workspace.manage_py))
    names = [one.name for one in read_settings_modules(found)]
    used = [workspace.settings_module] if workspace.settings_module else []
    return list(dict.fromkeys([*used, *names]))


def compare(workspace: Workspace, left: str, right: str) -> Comparison:
    """What is different between what two modules set, environment variables counting as unset."""
    sides = [_read(workspace, name) for name in (left, right)]
    redactor = redactor_for(workspace)
    names = sorted({name for side in sides for name in side.names if name.isupper()})
    found = [_difference(name, sides[0], sides[1], redactor) for name in names]
    differences = [one for one in found if one is not None]
    order = [CHANGED, LEFT, RIGHT, UNKNOWN]
    return Comparison(
        sorted(differences, key=lambda one: (order.index(one.kind), one.name)),
        len(found) - len(differences),
        [note for side in sides for note in _notes(side)],
    )


def _read(workspace: Workspace, name: str) -> StaticSettings:
    root = workspace.root_path
    python = Path(sys.executable if workspace.bundled else workspace.interpreter)
    modules = Modules(root, (root / workspace.manage_py).parent, packages_of(python))
    modules.adopt(name)
    return read_settings(name, modules)


def _notes(settings: StaticSettings) -> Iterable[str]:
    yield from settings.notes
    for file, problem in settings.unreadable.items():
        yield f"{file} {problem}"
    for place in settings.opaque:
        yield f"code at {place} was not followed, so settings may be set there as well"


def _difference(
    name: str, left: StaticSettings, right: StaticSettings, redactor: Redactor
) -> Difference | None:
    one, other = left.names.get(name), right.names.get(name)
    if one is None or other is None:
        kind = RIGHT if one is None else LEFT
    elif one.unknown or other.unknown:
        # The same statement of a module that both import has made both.
        if left.places.get(name) == right.places.get(name):
            return None
        kind = UNKNOWN
    elif equal(one.data, other.data):
        return None
    else:
        kind = CHANGED
    return Difference(name, kind, _side(name, left, redactor), _side(name, right, redactor))


def _side(name: str, settings: StaticSettings, redactor: Redactor) -> Side | None:
    value = settings.names.get(name)
    if value is None:
        return None
    place = settings.places.get(name)
    shown, reason = shown_setting(name, jsonable(value))
    clean = redactor.data(shown)
    return Side(
        None if value.unknown or (reason is not None and clean is None) else shown_value(clean),
        reason is not None or clean != shown,
        not value.unknown,
        place.file if place is not None else "",
        place.line if place is not None else 0,
    )
