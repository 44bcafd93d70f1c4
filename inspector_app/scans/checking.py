"""What running a trusted project came to: its checks, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from inspector_app.models import WorkspaceTaskRun

from .runtime.explain import Failure, explain
from .runtime.probing import Probing


@dataclass(frozen=True)
class Checks:
    """The results in the order they came, and how many the project's settings silence."""

    results: list[dict[str, Any]] = field(default_factory=list)
    silenced: int = 0


class Checking:
    """How it went. ``failure`` is None when the project started and told everything."""

    def __init__(self, probing: Probing, root: Path) -> None:
        self.probing = probing
        self._root = root

    @property
    def run(self) -> WorkspaceTaskRun | None:
        """None when it was refused."""
        return self.probing.run

    @cached_property
    def checks(self) -> Checks | None:
        """None when they were not run, or not to their end."""
        told = self.probing.told.data("checks")
        return None if told is None else Checks(told["shown"], len(told["silenced"]))

    @cached_property
    def failure(self) -> Failure | None:
        return explain(self.probing, self._root)

    @property
    def trouble(self) -> str:
        return self.failure.title if self.failure is not None else ""
