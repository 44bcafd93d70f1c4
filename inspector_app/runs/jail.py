"""One process of the sandbox launcher: fed a policy, held by its stdin, read until it is silent.

The launcher kills everything it started as soon as its stdin ends, so a server that dies takes its
commands with it.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspector_app.errors import Problem

CHUNK = 256 * 1024
GRACE_S = 3.0
# The launcher keeps the deadline; this is for a launcher that does not.
BACKSTOP_S = 15.0

OnData = Callable[[int, bytes], None]
OnStarted = Callable[[dict[str, Any]], None]
OnTick = Callable[[], None]

REPORT = -1


class JailProcess:
    """Owns the launcher and its pipes from :meth:`__init__` to the end of :meth:`follow`."""

    def __init__(self, launcher: Path, policy: dict[str, Any]) -> None:
        report_read, report_write = os.pipe()
        try:
            self._process = subprocess.Popen(
                [str(launcher), "run", "--report-fd", str(report_write)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(report_write,),
                env={"PATH": "/usr/bin:/bin"},
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            os.close(report_read)
            raise Problem(
                "jail_missing",
                f"The program that isolates commands cannot be started: {launcher}.",
                "Install DJDesk again, or run “make build” in a checkout.",
            ) from error
        finally:
            os.close(report_write)
        self._report = report_read
        self._report_part = b""
        self._timeout: float | None = policy["timeout_s"]
        self._lock = threading.Lock()
        self.started: dict[str, Any] | None = None
        self.ended: dict[str, Any] | None = None
        self.error: dict[str, Any] | None = None
        self._tell(policy)

    def stop(self, grace_s: float = GRACE_S) -> None:
        """Ask for the end: TERM to the command, after ``grace_s`` KILL to the whole tree."""
        self._tell({"stop": {"grace_s": grace_s}})

    def follow(
        self,
        on_data: OnData,
        on_started: OnStarted,
        on_tick: OnTick,
        tick_s: float,
    ) -> None:
        """Hand over output as it arrives (stream 0 or 1) until the launcher is gone.

        ``on_tick`` is called after output, at most every ``tick_s`` seconds.
        """
        outputs = (self._process.stdout, self._process.stderr)
        deadline = time.monotonic() + self._timeout + BACKSTOP_S if self._timeout else None
        next_tick, due = 0.0, False
        with selectors.DefaultSelector() as selector:
            for stream, pipe in enumerate(outputs):
                if pipe is not None:
                    selector.register(pipe, selectors.EVENT_READ, stream)
            selector.register(self._report, selectors.EVENT_READ, REPORT)
            while selector.get_map():
                now = time.monotonic()
                if due and now >= next_tick:
                    on_tick()
                    due, next_tick = False, now + tick_s
                waits = [next_tick - now] if due else []
                if deadline is not None:
                    waits.append(deadline - now)
                    if now >= deadline:
                        self._process.kill()
                        deadline = None
                for key, _ in selector.select(max(min(waits), 0) if waits else None):
                    data = os.read(key.fd, CHUNK)
                    if not data:
                        selector.unregister(key.fileobj)
                    elif key.data == REPORT:
                        self._take_reports(data, on_started)
                    else:
                        on_data(key.data, data)
                        due = True
        self._close()

    def _take_reports(self, data: bytes, on_started: OnStarted) -> None:
        *lines, self._report_part = (self._report_part + data).split(b"\n")
        for line in lines:
            self._take_report(json.loads(line), on_started)

    def _take_report(self, report: dict[str, Any], on_started: OnStarted) -> None:
        if "started" in report:
            self.started = report["started"]
            on_started(report["started"])
        elif "ended" in report:
            self.ended = report["ended"]
        elif "error" in report:
            self.error = report["error"]

    def _tell(self, message: dict[str, Any]) -> None:
        with self._lock:
            stdin = self._process.stdin
            if stdin is None or stdin.closed:
                return
            try:
                stdin.write(json.dumps(message).encode() + b"\n")
            except BrokenPipeError:
                # It ended by itself; follow() finds out why.
                return

    def _close(self) -> None:
        with self._lock:
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                if pipe is not None:
                    pipe.close()
        os.close(self._report)
        self._process.wait()
