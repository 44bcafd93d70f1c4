"""What rules need beside the report, from what a scan has at hand."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.models import Workspace
from inspector_app.scans.places import Places
from inspector_app.scans.static.reading import StaticReading
from inspector_app.workspaces.choices import CHOSEN
from inspector_app.workspaces.missing_settings import missing_settings, place_of_name
from inspector_app.workspaces.source import Unreadable, exists, parse, read_bytes

from .context import Context, Trouble, Unmet
from .finding import NOWHERE, Place
from .written_secrets import written_secrets

if TYPE_CHECKING:
    from inspector_app.scans.checking import Checking
    from inspector_app.scans.runtime.explain import Failure


def gather(workspace: Workspace, reading: StaticReading, checking: Checking | None) -> Context:
    """Everything but the report itself."""
    place = reading.settings.places.get("INSTALLED_APPS")
    return Context(
        troubles=_troubles(checking, reading)
        or [*_no_script(workspace), *_no_settings(workspace, reading)],
        place_of_check=Places(reading).of_check,
        read_by_settings=partial(_is_read, reading.settings.files),
        secrets=written_secrets(workspace.root_path, reading.settings.files),
        unmet=_unmet(workspace, reading),
        read_models=_read_models(reading, checking),
        unreadable={
            file: (problem, _line_of_problem(workspace.root_path / file))
            for file, problem in reading.unreadable.items()
        },
        packages_complete=reading.packages_complete,
        installed_apps=(place.file, place.line) if place else NOWHERE,
    )


def _line_of_problem(path: Path) -> int:
    try:
        parse(path)
    except Unreadable as problem:
        return problem.line
    return 0


def _no_script(workspace: Workspace) -> Iterator[Trouble]:
    """A manage.py that nobody can read, and that may name other settings."""
    script = workspace.manage_py or "manage.py"
    try:
        if workspace.manage_py:
            parse(workspace.script_path)
        elif exists(workspace.script_path):
            # What can be read is some other program of that name.
            read_bytes(workspace.script_path)
    except Unreadable as problem:
        settings, source = workspace.settings_module, workspace.settings_source
        chosen = "were chosen" if source == CHOSEN else f"are named in {source}"
        why = "Commands cannot be run by it, and the settings that it names are not known."
        if settings:
            why += f" Those read here, {settings}, {chosen}."
        yield Trouble(
            "script_unreadable",
            f"{script} {problem}",
            why,
            "Make it a file that Python can read and run.",
            (script, 1),
        )


def _no_settings(workspace: Workspace, reading: StaticReading) -> list[Trouble]:
    """What would keep the project from starting, where it was not started."""
    problem = missing_settings(workspace) if reading.settings.missing else None
    if problem is None:
        return []
    why = "Django loads it first, so the project does not start, and hardly anything can be read."
    place = place_of_name(workspace) or NOWHERE
    return [Trouble(problem.code, problem.message, why, problem.hint, place)]


def _is_read(files: Sequence[Path], name: str) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        for file in files
        for node in _nodes(file)
    )


def _nodes(file: Path) -> Iterator[ast.AST]:
    with contextlib.suppress(Unreadable, RecursionError):
        yield from ast.walk(parse(file))


def _troubles(checking: Checking | None, reading: StaticReading) -> list[Trouble]:
    return [
        Trouble(one.code, one.title, one.why, one.action, _place_of(one, reading))
        for one in (checking.failures if checking is not None else [])
    ]


def _place_of(failure: Failure, reading: StaticReading) -> Place:
    """Where it was raised, if that is in the project; else where the setting in question is set."""
    place = reading.settings.places.get(failure.setting)
    return (failure.file, failure.line) if failure.file or not place else (place.file, place.line)


def _read_models(reading: StaticReading, checking: Checking | None) -> dict[str, set[str]]:
    """Where all of both is known: what the source text leaves open proves nothing."""
    section = reading.sections.get("models")
    told = checking.probing.told.data("models") if checking is not None else None
    if told is None or section is None or not section["ok"] or section["notes"]:
        return {}
    return {
        label: {one["label"] for one in models if not one["auto_created"]}
        for label, models in reading.models.models.items()
    }


def _unmet(workspace: Workspace, reading: StaticReading) -> list[Unmet]:
    asked = reading.django
    if workspace.bundled and workspace.interpreter_problem is not None:
        # Nothing runs the project, so nothing differs from what it asks for.
        return []
    if asked is None or not workspace.django_version or asked.allows(workspace.django_version):
        return []
    return [Unmet("django", asked.text, asked.file, asked.line, workspace.django_version)]
