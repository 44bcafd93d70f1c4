"""Passes on what a running command says: to its log, to its row and to the page."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import OperationalError

from inspector_app.events import bus
from inspector_app.models import WorkspaceTaskRun

from .announce import announce
from .jail import JailProcess
from .log_writer import LogWriter

# An unfinished line is shown when its end does not come within this time.
UNFINISHED_S = 0.1

logger = logging.getLogger(__name__)


class RunFollower:
    """The follower of one run. Nothing that goes wrong here may stop the reading of the pipes."""

    def __init__(self, run: WorkspaceTaskRun, process: JailProcess, writer: LogWriter) -> None:
        self._run = run
        self._process = process
        self._writer = writer
        self._limit: int = settings.DJDESK_LOG_LIMIT_BYTES
        self.limit_reached = False
        self.log_error: OSError | None = None

    def started(self, report: dict[str, Any]) -> None:
        run = self._run
        run.pid, run.create_time, run.tier = report["pid"], report["create_time"], report["tier"]
        try:
            WorkspaceTaskRun.objects.filter(pk=run.pk).update(
                pid=run.pid,
                create_time=run.create_time,
                tier=run.tier,
                argv=run.argv,
                params=run.params,
                cwd=run.cwd,
            )
        except OperationalError:
            # The launcher ends it without us; only a recovery would have wanted these.
            logger.warning("the start of run %d could not be kept", run.pk, exc_info=True)
        announce(run.pk)

    def data(self, stream: int, data: bytes) -> None:
        if self.limit_reached or self.log_error is not None:
            # Read and dropped: a command that cannot write any more would hang until its deadline.
            return
        room = self._limit - self._writer.disk_bytes
        try:
            self._writer.write(stream, data[: max(room, 0)])
        except OSError as error:
            self.log_error = error
            self._process.stop()
        if len(data) > room:
            self.limit_reached = True
            self._process.stop()

    def tick(self) -> bool:
        if self.log_error is None:
            try:
                self._writer.flush(older_than_s=UNFINISHED_S)
            except OSError as error:
                self.log_error = error
                self._process.stop()
        bus.publish(
            "log",
            {
                "run": self._run.pk,
                "lines": self._writer.ended_lines,
                "bytes": self._writer.bytes,
            },
        )
        return self._writer.holds and self.log_error is None
