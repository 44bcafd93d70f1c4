"""One process of the sandbox launcher: fed a policy, held by its stdin, read until it is silent.

The launcher kills everything it started as soon as its stdin ends, so a server that dies takes its
commands with it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import selectors
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from inspector_app.errors import Problem
from inspector_app.workspaces.opened import is_utf8

from . import leftovers

CHUNK = 1024 * 1024
GRACE_S = 3.0
# Lists of them in a policy.
_PATHS = ("hidden", "divert", "keep", "plain")

# The launcher keeps the deadline and says when all is over. These are for a launcher that does not:
# how long it may take before the start and after the end (it compares the whole folder then) ...
COMPARING_S = 300.0
# ... how late it may be with the deadline ...
LATE_S = 15.0
# ... and how long a process that escaped it may hold our pipes.
SILENCE_S = 5.0

_REPORT, _CHANNEL = -1, -2

logger = logging.getLogger(__name__)


class Follower(Protocol):
    """Who is told what happens, on the thread that follows."""

    def started(self, report: dict[str, Any]) -> None:
        """The command runs."""

    def data(self, stream: int, data: bytes) -> None:
        """It wrote to standard output (0) or standard error (1)."""

    def due(self) -> float | None:
        """When, on the monotonic clock, it wants to be called next; None: not before more data."""

    def tick(self) -> None:
        """That time has come."""


class Channel(Protocol):
    """A way of a command to tell DJDesk something besides its output."""

    def fileno(self) -> int:
        """What becomes readable when something was told; it never blocks and never ends."""

    def take(self) -> None:
        """Read what is there."""


class JailProcess:
    """Owns the launcher and its pipes; leaving the ``with`` ends whatever is left of it."""

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
                f"The program that isolates commands cannot be started: {launcher}: "
                f"{error.strerror}.",
                "Install DJDesk again, or run “make build” in a checkout.",
            ) from error
        finally:
            os.close(report_write)
        self._report = os.fdopen(report_read, "rb", buffering=0)
        self._report_part = b""
        self._timeout: float | None = policy["timeout_s"]
        self._scratch = Path(policy["scratch"])
        self._limit: float | None = time.monotonic() + COMPARING_S
        self._stop_timer: threading.Timer | None = None
        self._lock = threading.RLock()
        self.started: dict[str, Any] | None = None
        self.ended: dict[str, Any] | None = None
        self.error: dict[str, Any] | None = None
        self._widen_pipes()
        self._tell(_as_json(policy))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def stop(self, grace_s: float = GRACE_S) -> None:
        """Ask for the end: TERM to the command, after ``grace_s`` KILL to the whole tree.

        May be called from any thread, more than once, and after the end.
        """
        self._tell({"stop": {"grace_s": grace_s}})
        with self._lock:
            if self._stop_timer is None and not self._closed:
                self._stop_timer = threading.Timer(grace_s + LATE_S, self._process.kill)
                self._stop_timer.daemon = True
                self._stop_timer.start()

    def follow(self, follower: Follower, channel: Channel | None = None) -> None:
        """Hand over output and reports as they arrive, until the launcher and its tree are gone.

        ``channel`` is read meanwhile, and once more at the end.
        """
        try:
            self._follow(follower, channel)
        finally:
            if channel is not None:
                channel.take()

    def _follow(self, follower: Follower, channel: Channel | None) -> None:
        buffer = memoryview(bytearray(CHUNK))
        with selectors.DefaultSelector() as selector:
            selector.register(self._report, selectors.EVENT_READ, _REPORT)
            for stream, pipe in enumerate((self._process.stdout, self._process.stderr)):
                if pipe is not None:
                    selector.register(pipe, selectors.EVENT_READ, stream)
            if channel is not None:
                selector.register(channel, selectors.EVENT_READ, _CHANNEL)
            while _pipes(selector):
                now = time.monotonic()
                due = follower.due()
                if due is not None and now >= due:
                    follower.tick()
                    due = follower.due()
                if self._limit is not None and now >= self._limit and not self._enforce():
                    return
                for key, _ in selector.select(self._wait_s(due)):
                    if channel is not None and key.data == _CHANNEL:
                        channel.take()
                        continue
                    data = bytes(buffer[: os.readv(key.fd, [buffer])])
                    if not data:
                        selector.unregister(key.fileobj)
                        self._one_is_silent(_pipes(selector))
                    elif key.data == _REPORT:
                        self._take_reports(data, follower)
                    else:
                        follower.data(key.data, data)

    def _wait_s(self, due: float | None) -> float | None:
        times = [moment for moment in (due, self._limit) if moment is not None]
        return max(min(times) - time.monotonic(), 0.0) if times else None

    def _one_is_silent(self, left: set[int]) -> None:
        if _REPORT not in left:
            # Nobody reports any more: whoever still holds the other pipes has escaped.
            self._limit = time.monotonic() + SILENCE_S
            self._kill_leftovers()
        elif left == {_REPORT}:
            self._limit = time.monotonic() + COMPARING_S

    def _enforce(self) -> bool:
        """A limit has passed. First the launcher is killed, the second time it is given up."""
        if self._process.poll() is None:
            logger.error("the launcher %d did not keep its deadline", self._process.pid)
            self._process.kill()
            self._limit = time.monotonic() + SILENCE_S
            return True
        logger.error("something still holds the output of launcher %d", self._process.pid)
        return False

    def _take_reports(self, data: bytes, follower: Follower) -> None:
        *lines, self._report_part = (self._report_part + data).split(b"\n")
        for line in lines:
            try:
                report = json.loads(line)
            except ValueError:
                logger.warning("not a report: %.200r", line)
                continue
            if "started" in report:
                self.started = report["started"]
                if self._timeout is not None:
                    self._limit = time.monotonic() + self._timeout + GRACE_S + LATE_S
                follower.started(report["started"])
            elif "ended" in report:
                self.ended = report["ended"]
            elif "error" in report:
                self.error = report["error"]

    def _tell(self, message: dict[str, Any]) -> None:
        with self._lock:
            stdin = self._process.stdin
            if stdin is None or stdin.closed:
                return
            # A launcher that is gone ended by itself; follow() finds out why.
            with contextlib.suppress(BrokenPipeError):
                stdin.write(json.dumps(message).encode() + b"\n")

    def _widen_pipes(self) -> None:
        """A larger pipe costs memory only while it is full, and saves most of the switching."""
        if sys.platform != "linux":
            return
        from fcntl import F_SETPIPE_SZ, fcntl

        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                # Refused when the user has many large pipes already; the usual size works too.
                with contextlib.suppress(OSError):
                    fcntl(pipe, F_SETPIPE_SZ, CHUNK)

    @property
    def _closed(self) -> bool:
        return self._report.closed

    def _close(self) -> None:
        with self._lock:
            if self._stop_timer is not None:
                self._stop_timer.cancel()
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                if pipe is not None:
                    pipe.close()
            self._report.close()
        try:
            # Its stdin has ended, so it is on its way.
            self._process.wait(SILENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._kill_leftovers()

    def _kill_leftovers(self) -> None:
        """What a launcher that gave no account of the end may have left running."""
        if self.started is not None and self.ended is None:
            leftovers.kill_tree(self.started["pid"], self.started["create_time"])
            leftovers.kill_below(self._scratch)


def _as_json(policy: dict[str, Any]) -> dict[str, Any]:
    """Names that are no text, such as a neighbour's at /home, are handed over as their bytes."""
    lists = {key: list(map(_name, policy.get(key, ()))) for key in _PATHS}
    return policy | lists


def _name(path: str) -> str | list[int]:
    return path if is_utf8(path) else list(os.fsencode(path))


def _pipes(selector: selectors.BaseSelector) -> set[int]:
    """Those of the launcher that are still open."""
    return {key.data for key in selector.get_map().values()} - {_CHANNEL}
