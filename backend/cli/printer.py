"""Copies a run's output to our own two streams while it arrives, byte for byte but to terminals."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from . import streams
from .terminal import TerminalFilter

if TYPE_CHECKING:
    from inspector_app.events import Event
    from inspector_app.models import WorkspaceTaskRun


class Printer:
    """Follows the log of one run. When nobody reads it any more, it asks for the run's end."""

    def __init__(self, row: WorkspaceTaskRun, stop: Callable[[int], None], *, silent: bool) -> None:
        self._row = row
        self._stop = stop
        self._silent = silent
        self._offset = 0
        self._filters = {True: TerminalFilter(), False: TerminalFilter()}

    @contextmanager
    def listening(self) -> Iterator[None]:
        from inspector_app.events import bus

        forget = bus.listen(self._hear)
        try:
            yield
        finally:
            forget()

    def finish(self) -> None:
        """Print what has arrived since."""
        if self._silent:
            return
        try:
            for piece in self._row.log.pieces(self._offset):
                target = sys.stdout if piece.stream == "stdout" else sys.stderr
                data = piece.data
                if target.isatty():
                    data = self._filters[target is sys.stdout].feed(data)
                target.buffer.write(data)
                target.flush()
                self._offset = piece.next
        except BrokenPipeError:
            self._silent = True
            streams.silence()
            self._stop(signal.SIGPIPE)

    def _hear(self, event: Event) -> None:
        if event.kind == "log" and event.data["run"] == self._row.pk:
            self.finish()
