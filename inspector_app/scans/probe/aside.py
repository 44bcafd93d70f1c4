"""Some sections read by a copy of the process, beside the others: most machines have two cores.

The copy is made after the boot, which is most of the work, so nothing is loaded twice. Where it
does not come to its end, what is missing is read by the process itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import threading
from typing import Callable

from . import endings
from .channel import Channel, write

# Longer than all sections of a large project take; then something holds the copy.
PATIENCE_S = 20.0


class Aside:
    """``read`` tells the sections to the channel that it is given."""

    def __init__(self, read: Callable[[Channel], None]) -> None:
        self._read = read
        self._pid = 0
        self._kept = -1
        self._over = -1

    def start(self) -> None:
        """Make the copy, where a process may be copied at all: not while it has other threads."""
        if not hasattr(os, "memfd_create") or threading.active_count() > 1:
            return
        _flush()
        self._kept = os.memfd_create("djdesk-probe")
        self._over, over = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._over)
            self._be_the_copy(over)
        os.close(over)

    def finish(self, channel: Channel) -> set[str]:
        """Wait for the copy and pass on what it told; returns the names of those sections."""
        if not self._pid:
            return set()
        # Nobody writes to this pipe; it ends with the copy.
        if not select.select([self._over], [], [], PATIENCE_S)[0]:
            os.kill(self._pid, signal.SIGKILL)
        # A project may say that nobody waits for its children.
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        os.lseek(self._kept, 0, os.SEEK_SET)
        told = _all(self._kept)
        # A line without an end is one that the copy did not finish.
        told = told[: told.rfind(b"\n") + 1]
        if told:
            channel.pass_on(told)
        return {json.loads(line).get("section", "") for line in told.splitlines()}

    def _be_the_copy(self, over: int) -> None:
        try:
            self._read(_Kept(self._kept))
        finally:
            # It holds the pipe until here.
            os.close(over)
            endings.leave(0)


class _Kept(Channel):
    """Keeps the messages of the copy in memory, for the one process that speaks for all."""

    def __init__(self, descriptor: int) -> None:
        super().__init__("")
        self._descriptor = descriptor

    def pass_on(self, lines: bytes) -> None:
        write(self._descriptor, lines)


def _all(descriptor: int) -> bytes:
    pieces: list[bytes] = []
    while True:
        piece = os.read(descriptor, 1 << 20)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)


def _flush() -> None:
    """What waits to be written would be written by both."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: S112 -- the project may have put anything in its place.
            continue
