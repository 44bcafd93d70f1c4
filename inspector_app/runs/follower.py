"""Passes on what a running command says: to its log, to its row and to the page."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import OperationalError

from inspector_app.events import bus
from inspector_app.models import WorkspaceTaskRun

from .announce import announce
from .jail import JailProcess
from .log_writer import STDERR, STDOUT, LogWriter

if TYPE_CHECKING:
    from inspector_app.redaction.redactor import Redactor

# The page is told of new output at most this often.
EVENT_S = 0.075

# Output that the page gets with the news of it.
BEGINNING_BYTES = 4096

# An unfinished line is shown when its end does not come within this time.
UNFINISHED_S = 0.1

logger = logging.getLogger(__name__)


class RunFollower:
    """The follower of one run. Nothing that goes wrong here may stop the reading of the pipes."""

    def __init__(
        self,
        run: WorkspaceTaskRun,
        process: JailProcess,
        writer: LogWriter,
        redactor: Redactor,
        began: Callable[[], None] | None = None,
    ) -> None:
        self._run = run
        self._process = process
        self._writer = writer
        self._redacted = {STDOUT: redactor.stream(), STDERR: redactor.stream()}
        self._said_at = 0.0
        self._said_bytes = 0
        self._began = began
        self.limit_reached = False
        self.log_error: OSError | None = None

    def started(self, report: dict[str, Any]) -> None:
        if self._began is not None:
            self._began()
        run = self._run
        run.pid, run.create_time, run.tier = report["pid"], report["create_time"], report["tier"]
        # That tier has no walls.
        run.network = run.network or run.tier == "guarded"
        try:
            WorkspaceTaskRun.objects.filter(pk=run.pk).update(
                pid=run.pid,
                create_time=run.create_time,
                tier=run.tier,
                network=run.network,
                argv=run.argv,
                params=run.params,
                cwd=run.cwd,
            )
        except OperationalError:
            # The launcher ends it without us; only a recovery would have wanted these.
            logger.warning("the start of run %d could not be kept", run.pk, exc_info=True)
        announce(run.pk)

    def data(self, stream: int, data: bytes) -> None:
        if self.log_error is not None:
            # Read and dropped: a command that cannot write any more would hang until its deadline.
            return
        self._write(stream, self._redacted[stream].feed(data))

    def finish(self) -> None:
        """All was read: what might have been the beginning of a secret is none."""
        for stream, redacted in self._redacted.items():
            if self.log_error is None:
                self._write(stream, redacted.flush())

    def _write(self, stream: int, data: bytes) -> None:
        self._try(lambda: self._writer.write(stream, data))
        if self._writer.omitted and not self.limit_reached:
            # What it still says until it is gone replaces what it said in the middle.
            self.limit_reached = True
            self._process.stop()

    @property
    def omitted(self) -> int:
        """Bytes of output that were not kept."""
        return self._writer.omitted

    def due(self) -> float | None:
        if self._writer.bytes > self._said_bytes:
            return self._said_at + EVENT_S
        held_since = self._writer.held_since
        return held_since + UNFINISHED_S if held_since is not None else None

    def tick(self) -> None:
        held_since = self._writer.held_since
        now = time.monotonic()
        if held_since is not None and now >= held_since + UNFINISHED_S:
            for stream, redacted in self._redacted.items():
                self._write(stream, redacted.settle())
            self._try(self._writer.flush)
        said = {
            "run": self._run.pk,
            "lines": self._writer.lines,
            "bytes": self._writer.bytes,
        }
        if not self._said_bytes and self._writer.bytes <= BEGINNING_BYTES:
            said |= self._beginning()
        self._said_at, self._said_bytes = now, self._writer.bytes
        bus.publish("log", said)

    def _beginning(self) -> dict[str, Any]:
        """What came first, so that nobody has to ask for what he waits for."""
        if bus.unheard:
            return {}
        from .serialize import lines_json

        try:
            return {"beginning": lines_json(self._run, 1, self._writer.lines)}
        except OSError:
            logger.warning("the output of run %d cannot be read", self._run.pk, exc_info=True)
            return {}

    def _try(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            self.log_error = error
            self._writer.give_up()
            self._process.stop()
