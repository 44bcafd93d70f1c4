"""Why a project told nothing, or not all: what happened, where, and what to do about it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from inspector_app.models import WorkspaceTaskRun
from inspector_app.workspaces.find import shown

from . import causes
from .causes import Cause
from .failure import Raised, read_raised
from .probing import Probing
from .shapes import Unexpected
from .told import Told

Status = WorkspaceTaskRun.Status

_WHY = "The project does not start with this, so what only running it tells is not known."
_STAGES = {
    "boot": "before Django was loaded",
    "settings": "while its settings were loaded",
    "apps": "while its apps were loaded",
}
_SECTIONS = {
    "deploy": "checks for deployment",
    "static_files": "static files",
    "urls": "URLs",
}
_SEE_LOG = "The run's log has all that it printed until then."


@dataclass(frozen=True)
class Failure:
    """A sentence for each question of the user, and the evidence: a place in the project.

    ``code`` is what kind of failure it is; ``file`` is relative to the project where it can be,
    and empty without a place. ``setting`` is the one that it is about, where that is known.
    """

    code: str
    title: str
    why: str
    action: str
    file: str = ""
    line: int = 0
    setting: str = ""


def explain(probing: Probing, root: Path) -> list[Failure]:
    """Empty when the project started and told everything there is to tell."""
    failure = _failure(probing, root)
    return [
        *([failure] if failure is not None else []),
        *_once([*_sections(probing, root), *_checks(probing, root)]),
    ]


def _once(failures: list[Failure]) -> list[Failure]:
    """One cause may keep a section from being told, and a check from being run: that is one."""
    found: dict[tuple[str, str, int], Failure] = {}
    for one in failures:
        key = (one.title, one.file, one.line)
        first = found.get(key)
        found[key] = one if first is None else replace(first, why=f"{first.why} {one.why}")
    return list(found.values())


def _sections(probing: Probing, root: Path) -> Iterator[Failure]:
    """What went wrong after the start; one cause may keep several sections from being told."""
    workspace = probing.run.workspace if probing.run is not None else None
    found: dict[tuple[str, str, int], list[str]] = {}
    by_place: dict[tuple[str, str, int], Cause] = {}
    for name, section in probing.told.sections.items():
        if section.failed is not None:
            cause = causes.find(section.failed, probing.told, workspace, root)
            key = (cause.title, *_relative(cause.place, root))
            found.setdefault(key, []).append(name.replace("_", " "))
            by_place[key] = cause
    for key, names in found.items():
        _, file, line = key
        cause = by_place[key]
        why = f"So what Django knows of {', '.join(names)} is not known."
        yield Failure(cause.code, cause.title, why, cause.action, file, line, cause.setting)


def _checks(probing: Probing, root: Path) -> Iterator[Failure]:
    """Checks that raised: Django stops at the first of them, and tells of no other."""
    workspace = probing.run.workspace if probing.run is not None else None
    for one in (probing.told.data("checks") or {}).get("raised", []):
        try:
            raised = read_raised(one["error"])
        except (Unexpected, AttributeError):
            continue
        cause = causes.find(raised, probing.told, workspace, root)
        why = (
            f"The system check {one['check']} stops at it, and so does every command that runs "
            "the checks."
        )
        file, line = _relative(cause.place, root)
        yield Failure(cause.code, cause.title, why, cause.action, file, line, cause.setting)


def _failure(probing: Probing, root: Path) -> Failure | None:
    told, run = probing.told, probing.run
    if probing.refused is not None:
        problem = probing.refused
        return Failure(problem.code, problem.message, _WHY, problem.hint)
    if told.too_old:
        return _python_too_old(told)
    if told.failed is not None:
        return _failed(told, told.failed, probing, root)
    if told.done and told.sections:
        return None
    return _ended(told, run, root)


def _python_too_old(told: Told) -> Failure:
    return Failure(
        "python_too_old",
        f"Python {told.too_old} is too old to be asked",
        "DJDesk reads running projects from Python 3.8 on.",
        "Choose another interpreter for this project.",
    )


def _failed(told: Told, raised: Raised, probing: Probing, root: Path) -> Failure:
    run = probing.run
    cause = causes.find(raised, told, run.workspace if run is not None else None, root)
    file, line = _relative(cause.place, root)
    stage = _STAGES.get(told.stage, "")
    why = cause.why or (f"It happened {stage}. {_WHY}" if stage else _WHY)
    return Failure(cause.code, cause.title, why, cause.action, file, line, cause.setting)


def _ended(told: Told, run: WorkspaceTaskRun | None, root: Path) -> Failure:
    """The process is gone, and did not say that it was done."""
    where = _STAGES.get(told.stage) or (
        f"while it was asked for its {_SECTIONS.get(told.current, told.current)}"
        if told.current
        else "before it told everything"
    )
    cause = _end(told, run, root, where)
    at = told.left or told.interrupted
    place = at.place_in(root) if at is not None else None
    file, line = _relative(place, root)
    missing = "So what comes after that is not known, or only from the source text."
    return Failure(cause.code, cause.title, missing, cause.action, file, line)


def _end(told: Told, run: WorkspaceTaskRun | None, root: Path, where: str) -> Cause:
    if not root.is_dir():
        gone = f"The folder {root} disappeared {where}"
        return Cause("folder_missing", gone, action="Open the project where it is now.")
    if told.left is not None:
        return Cause(
            "project_exits",
            f"The project ended its own process {where} (os._exit {told.left.code})",
            action="Make that depend on the command: to load a project must not end it.",
        )
    if run is None:
        return Cause("project_silent", f"Nothing was told {where}", action=_SEE_LOG)
    if run.status == Status.TIMED_OUT:
        return Cause(
            "project_slow",
            f"The project was stopped after {run.timeout_s:g} s, {where}",
            action="Find what it waits for at this place, or allow it more time.",
        )
    if run.status == Status.OUTPUT_LIMIT:
        return Cause(
            "project_prints",
            f"The project was stopped for all that it printed, {where}",
            action=f"{run.message} Take out what prints so much while the project is loaded.",
        )
    if run.status == Status.CANCELLED:
        return Cause("scan_cancelled", run.message or "It was cancelled", action="Scan again.")
    if run.signal is not None:
        name = _signal_name(run.signal)
        return Cause(
            "project_killed", f"The project's process was ended by {name} {where}", action=_SEE_LOG
        )
    if run.exit_code is not None:
        return Cause(
            "project_exits",
            f"The project's process ended {where}, with exit code {run.exit_code}",
            action=_SEE_LOG,
        )
    return Cause("project_not_run", run.message or "It could not be run", action=run.hint)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _relative(place: tuple[str, int] | None, root: Path) -> tuple[str, int]:
    if place is None:
        return "", 0
    prefix = str(root).rstrip("/") + "/"
    return str(shown(Path(place[0].removeprefix(prefix)))), place[1]
