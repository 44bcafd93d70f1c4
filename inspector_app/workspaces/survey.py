"""Every Python that could run a project, each with what it has and why it is used or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.models import Workspace

from .choices import CHOSEN
from .comparison import Comparison, compare
from .environment import Environment
from .found import Found
from .interpreter import bundled_environment, choose_interpreter
from .requirements.asked import Asked
from .requirements.reading import needed

_NAMED = 3


@dataclass(frozen=True)
class Candidate:
    """``usable`` when it may be chosen; ``requirements`` says in words what of them it has."""

    environment: Environment
    reason: str
    in_use: bool
    usable: bool
    comparison: Comparison
    requirements: str


_CANNOT_STAND_IN = "It cannot stand in, so the project is only read."


def survey(found: Found, workspace: Workspace | None = None) -> list[Candidate]:
    """The candidates as they are on disk now, the one in use first; none is started.

    ``workspace`` tells which one is in use, if it is another one than would be chosen now.
    """
    choice = choose_interpreter(found, everywhere=True)
    asked = needed(found.root, found.base)
    listed = [(choice.chosen, choice.why), *choice.losers]
    if workspace is not None and workspace.interpreter != str(choice.chosen.path):
        listed = _with_the_one_in_use(workspace, listed)
    if workspace is not None and workspace.bundled and workspace.interpreter_problem is not None:
        listed = [
            (one, _CANNOT_STAND_IN if one.source == "bundled" else why) for one, why in listed
        ]
    if not any(one.source == "bundled" for one, _ in listed):
        listed.append((bundled_environment(), "It stands in where no Python of the project does."))
    used = workspace.interpreter if workspace is not None else str(choice.chosen.path)
    found_ones = [_candidate(one, why, asked, used) for one, why in listed]
    return sorted(found_ones, key=lambda one: not one.in_use)


def _with_the_one_in_use(
    workspace: Workspace, listed: list[tuple[Environment, str]]
) -> list[tuple[Environment, str]]:
    path = Path(workspace.interpreter)
    others = [(one, why) for one, why in listed if one.path != path]
    if workspace.interpreter_source == CHOSEN:
        first, _ = listed[0]
        others = [(one, "You chose another one." if one is first else why) for one, why in others]
    used = Environment(
        path, workspace.interpreter_source, workspace.python_version, workspace.django_version
    )
    return [(used, workspace.interpreter_why), *others]


def _candidate(one: Environment, why: str, asked: Sequence[Asked], used: str) -> Candidate:
    in_use = str(one.path) == used
    spare = one.source == "bundled" and not in_use
    comparison = Comparison()
    if not one.problem and not spare:
        comparison = compare(asked, one.path, one.python)
    return Candidate(
        one,
        why,
        in_use=in_use,
        usable=not one.problem,
        comparison=comparison,
        requirements=_in_words(comparison),
    )


def _in_words(comparison: Comparison) -> str:
    if comparison.met is None:
        return ""
    if comparison.met:
        many = comparison.asked != 1
        return (
            f"All {comparison.asked} requirements are met." if many else "Its requirement is met."
        )
    parts = []
    if comparison.missing:
        parts.append(f"{_named([one.name for one in comparison.missing])} missing")
    if comparison.other:
        wrong = [f"{one.name} {version}, not {one.specifier}" for one, version in comparison.other]
        parts.append(_named(wrong))
    first = (comparison.missing or [one for one, _ in comparison.other])[0]
    total = len(comparison.missing) + len(comparison.other)
    return (
        f"{total} of {comparison.asked} requirements not met: {'; '.join(parts)} ({first.place})."
    )


def _named(words: list[str]) -> str:
    more = len(words) - _NAMED
    return ", ".join(words[:_NAMED]) + (f" and {more} more" if more > 0 else "")
