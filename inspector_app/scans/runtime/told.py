"""What the probe has told so far, checked message by message."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .expected import FRAMES, SECTIONS
from .failure import Raised, read_raised
from .shapes import Unexpected, maybe, number, seconds, text

logger = logging.getLogger(__name__)

NOTES = 50
# Told a second time where a URLconf has brought more models along.
_AGAIN = ("models", "migrations")


@dataclass
class Section:
    """One part: ``data`` is there unless it ``failed``, or was told in a way not understood.

    ``seconds`` is how long the project's process took for it.
    """

    seconds: float
    notes: list[str]
    data: Any = None
    failed: Raised | None = None
    problem: str = ""

    @property
    def error(self) -> str | None:
        return str(self.failed) if self.failed is not None else self.problem or None


@dataclass
class Told:
    """``stage`` is what it was at last; ``current`` the section it had begun."""

    heard: Callable[[str, Section], None]
    python: str = ""
    cwd: str = ""
    django: str = ""
    too_old: str = ""
    stage: str = ""
    booted: bool = False
    boot_seconds: float = 0.0
    done: bool = False
    current: str = ""
    failed: Raised | None = None
    left: Raised | None = None
    interrupted: Raised | None = None
    sections: dict[str, Section] = field(default_factory=dict)

    def hear(self, message: dict[str, Any]) -> None:
        """Take one message; what is not understood is left out."""
        for kind, take in _MESSAGES.items():
            if kind in message:
                try:
                    take(self, message)
                except Unexpected as problem:
                    logger.warning("the probe's %s: %s", kind, problem)
                return

    def data(self, name: str) -> Any:
        """What was told of a section; None where nothing was."""
        section = self.sections.get(name)
        return section.data if section is not None else None


def _started(told: Told, message: dict[str, Any]) -> None:
    about = _object(message["started"])
    told.python, told.cwd = text(about.get("python")), text(about.get("cwd"))
    told.stage = "boot"


def _too_old(told: Told, message: dict[str, Any]) -> None:
    told.too_old = told.python = text(message["too_old"])


def _stage(told: Told, message: dict[str, Any]) -> None:
    told.stage = text(message["stage"])


def _booted(told: Told, message: dict[str, Any]) -> None:
    about = _object(message["booted"])
    told.django, told.boot_seconds = text(about.get("django")), seconds(about.get("seconds"))
    told.booted, told.stage = True, "sections"


def _failed(told: Told, message: dict[str, Any]) -> None:
    told.failed = told.failed or read_raised(_object(message["failed"]))


def _left(told: Told, message: dict[str, Any]) -> None:
    about = _object(message["left"])
    told.left = Raised("SystemExit", frames=FRAMES(about.get("frames")))
    told.left.code = str(maybe(number)(about.get("code")) or 0)


def _interrupted(told: Told, message: dict[str, Any]) -> None:
    frames = FRAMES(_object(message["interrupted"]).get("frames"))
    told.interrupted = Raised("Interrupted", frames=frames)


def _begin(told: Told, message: dict[str, Any]) -> None:
    told.current = text(message["begin"])


def _section(told: Told, message: dict[str, Any]) -> None:
    name = text(message["section"])
    if name not in SECTIONS or (name in told.sections and name not in _AGAIN):
        return
    notes = message.get("notes")
    section = Section(
        seconds(message.get("seconds")),
        [text(note) for note in notes[:NOTES]] if isinstance(notes, list) else [],
    )
    told.sections[name] = section
    if told.current == name:
        told.current = ""
    if "failure" in message:
        section.failed = read_raised(_object(message["failure"]))
    else:
        try:
            section.data = SECTIONS[name](message.get("data"))
        except Unexpected as problem:
            section.problem = f"what the project told is not understood: {problem}"
    told.heard(name, section)


def _done(told: Told, _message: dict[str, Any]) -> None:
    told.done = True


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unexpected("an object is expected")
    return value


_MESSAGES: dict[str, Callable[[Told, dict[str, Any]], None]] = {
    "started": _started,
    "too_old": _too_old,
    "stage": _stage,
    "booted": _booted,
    "failed": _failed,
    "left": _left,
    "interrupted": _interrupted,
    "begin": _begin,
    "section": _section,
    "done": _done,
}
