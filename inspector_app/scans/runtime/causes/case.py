"""An exception with what surrounds it, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inspector_app.models import Workspace
from inspector_app.scans.runtime.failure import Raised
from inspector_app.scans.runtime.told import Told


@dataclass(frozen=True)
class Cause:
    """``place`` is absolute; ``why`` empty where it only is that the project does not start.

    ``setting`` is one that it is about, whose place is the evidence where there is no other.
    """

    code: str
    title: str
    why: str = ""
    action: str = ""
    place: tuple[str, int] | None = None
    setting: str = ""


@dataclass(frozen=True)
class Case:
    """``around`` is what was raised because of it, nearest first."""

    raised: Raised
    told: Told
    workspace: Workspace | None
    root: Path
    around: list[Raised]

    @property
    def place(self) -> tuple[str, int] | None:
        """A library may have caught it before it came to the project's own code."""
        places = (one.place_in(self.root) for one in (self.raised, *self.around))
        return next((place for place in places if place is not None), None)

    @property
    def base(self) -> Path:
        """The folder of manage.py."""
        return self.workspace.base_path if self.workspace is not None else self.root

    @property
    def folders(self) -> tuple[Path, ...]:
        """Those from which the project imports its own code."""
        told = map(Path, self.workspace.python_path if self.workspace is not None else ())
        return (self.root, self.root / "src", self.base, *told)

    @property
    def python(self) -> str:
        named = self.workspace.interpreter if self.workspace is not None else ""
        return named or "the project's Python"
