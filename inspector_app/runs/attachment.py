"""What a run of DJDesk's own brings along into the sandbox, and listens to while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from .jail import Channel


class Attachment(Channel, Protocol):
    """Files of DJDesk's in a run's throw-away folder, and a way back from there."""

    def attach(self, argv: list[str], temporary: Path) -> list[str]:
        """Put the files into ``temporary``; returns ``argv`` as it is really started."""

    def began(self) -> None:
        """The command has been started."""

    def leave_out(self, fields: dict[str, Any]) -> None:
        """Take these files out of what the run's row says was written."""
