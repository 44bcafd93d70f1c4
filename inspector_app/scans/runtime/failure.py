"""An exception of the project, as the probe describes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .expected import FRAMES
from .shapes import Unexpected, number, text

_CAUSES = 8
_LONGEST = 500


@dataclass
class Raised:
    """``kinds`` are the names of its classes; ``causes`` the exceptions that led to it.

    What only some kinds have is empty in the others: ``name`` and ``path`` of a module that could
    not be imported, ``variable`` of the environment, ``syntax`` of source that is none, ``code`` of
    an exit, ``file`` that the system refused.
    """

    type: str
    text: str = ""
    kinds: list[str] = field(default_factory=list)
    frames: list[dict[str, Any]] = field(default_factory=list)
    causes: list[Raised] = field(default_factory=list)
    name: str = ""
    path: str = ""
    variable: str = ""
    syntax: tuple[str, int, str, str] | None = None
    code: str = ""
    file: str = ""

    def __str__(self) -> str:
        said = f"{self.type}: {self.text}" if self.text else self.type
        return said.partition("\n")[0][:_LONGEST]

    def chain(self) -> Iterator[Raised]:
        """Itself, then what led to it."""
        yield self
        yield from self.causes

    def is_a(self, *kinds: str) -> bool:
        return not {self.type, *self.kinds}.isdisjoint(kinds)

    def place_in(self, root: Path) -> tuple[str, int] | None:
        """The last place in the project's own code, absolute."""
        if self.syntax is not None and _is_in(self.syntax[0], root):
            return self.syntax[0], self.syntax[1]
        for frame in reversed(self.frames):
            if _is_in(frame["file"], root):
                return frame["file"], frame["line"]
        return None


def read_raised(told: dict[str, Any]) -> Raised:
    """Raises:
    Unexpected: it is no description of an exception.
    """
    raised = _one(told)
    causes = told.get("causes", [])
    if not isinstance(causes, list):
        raise Unexpected("a list of causes is expected")
    raised.causes = [_one(cause) for cause in causes[:_CAUSES] if isinstance(cause, dict)]
    return raised


def _one(told: dict[str, Any]) -> Raised:
    kinds = told.get("kinds", [])
    raised = Raised(
        text(told.get("type")),
        text(told.get("text")),
        [text(kind) for kind in kinds[:50]] if isinstance(kinds, list) else [],
        FRAMES(told.get("frames", [])),
    )
    for key in ("name", "path", "variable", "code", "file"):
        setattr(raised, key, text(told.get(key) or ""))
    syntax = told.get("syntax")
    if isinstance(syntax, dict):
        raised.syntax = (
            text(syntax.get("file")),
            number(syntax.get("line")),
            text(syntax.get("text")),
            text(syntax.get("message")),
        )
    return raised


def _is_in(file: str, root: Path) -> bool:
    """Installed packages are somebody else's, wherever they lie."""
    prefix = str(root).rstrip("/") + "/"
    return file.startswith(prefix) and "/site-packages/" not in file[len(prefix) - 1 :]
