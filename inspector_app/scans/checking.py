"""What running a trusted project came to: its checks, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from inspector_app.models import WorkspaceTaskRun
from inspector_app.redaction.secret import Secret
from inspector_app.redaction.settings_source import secrets_in_value

from .runtime.explain import Failure, explain
from .runtime.probing import Probing


@dataclass(frozen=True)
class Checks:
    """The results in the order they came, and how many the project's settings silence."""

    results: list[dict[str, Any]] = field(default_factory=list)
    silenced: int = 0


class Checking:
    """How it went. ``failures`` is empty when the project started and told everything."""

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
    def failures(self) -> list[Failure]:
        """Why something was not told; the worst first."""
        return explain(self.probing, self._root)

    @property
    def trouble(self) -> str:
        """Why the project did not start, or told no more; empty when it did."""
        return self.failures[0].title if self.failures else ""

    def secrets(self) -> Iterator[Secret]:
        """What the running settings hold; they may come from where no source text has them."""
        for setting in (self.probing.told.data("settings") or {}).get("changed", []):
            yield from secrets_in_value(setting["name"], setting["value"])
