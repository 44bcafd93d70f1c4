"""What rules know beside the report: what a report has no room for, or must not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .finding import NOWHERE, Place


@dataclass(frozen=True)
class Trouble:
    """Why a project did not start or did not tell everything; ``code`` is stable."""

    code: str
    title: str
    why: str
    action: str
    place: Place = NOWHERE


@dataclass(frozen=True)
class WrittenSecret:
    """A secret that stands in the source text. Its value is not here.

    ``committed`` is None where nobody can tell whether version control has the file.
    """

    name: str
    file: str
    line: int
    committed: bool | None


@dataclass(frozen=True)
class Unmet:
    """A requirement that the environment does not meet; ``installed`` is empty where it lacks.

    ``name`` is in lower case, as packages are compared.
    """

    name: str
    text: str
    file: str
    line: int
    installed: str = ""


def _unread(_name: str) -> bool:
    return False


def _nowhere(_check: dict[str, Any]) -> Place:
    return NOWHERE


@dataclass(frozen=True)
class Context:
    """Everything in here may be absent, and then the rules that need it say nothing.

    ``place_of_check`` finds the model, field, class or setting that a check result is about.
    ``read_by_settings`` says whether the settings modules read a name that they bind themselves.
    ``read_models`` are the labels of the models that the source text of each app declares, for
    apps where running the project told them as well. ``packages_complete`` says that an app which
    was not found is not there. ``unreadable`` says of a file why, and in which line.
    """

    troubles: list[Trouble] = field(default_factory=list)
    place_of_check: Callable[[dict[str, Any]], Place] = _nowhere
    read_by_settings: Callable[[str], bool] = _unread
    secrets: list[WrittenSecret] = field(default_factory=list)
    unmet: list[Unmet] = field(default_factory=list)
    read_models: dict[str, set[str]] = field(default_factory=dict)
    unreadable: dict[str, tuple[str, int]] = field(default_factory=dict)
    packages_complete: bool = False
    installed_apps: Place = NOWHERE
