"""Some sections read by a copy of the process, beside the others: most machines have two cores.

The copy is made after the boot, which is most of the work, so nothing is loaded twice. Where it
does not come to its end, what is missing is read by the process itself.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from time import monotonic
from typing import Callable, Iterator

from . import endings
from .channel import Channel, write

# Longer than all sections of a large project take; then something holds the copy.
PATIENCE_S = 20.0
_NICE = 10


class Aside:
    """``read`` tells the sections to ``channel``, and yields the name of each that is told."""

    def __init__(self, channel: Channel, read: Callable[[Channel], Iterator[str]]) -> None:
        self._channel = channel
        self._read = read
        self._pid = 0
        self._names = -1

    def start(self) -> None:
        """Make the copy, where a process may be copied at all: not while it has other threads."""
        if not hasattr(os, "fork") or threading.active_count() > 1:
            return
        _flush()
        self._names, names = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._names)
            self._be_the_copy(names)
        os.close(names)

    def finish(self) -> set[str]:
        """Wait for the copy; returns the names of the sections that it told."""
        if not self._pid:
            return set()
        told, ended = _all(self._names, monotonic() + PATIENCE_S)
        if not ended:
            os.kill(self._pid, signal.SIGKILL)
        # A project may say that nobody waits for its children.
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        # Ends what it may have begun to tell.
        self._channel.pass_on(b"\n")
        # A name without an end is one that the copy did not finish.
        return set(told.decode().split("\n")[:-1])

    def _be_the_copy(self, names: int) -> None:
        try:
            # The other one has the longer way, and DJDesk reads the source meanwhile.
            os.nice(_NICE)
            for name in self._read(self._channel.of_this_process()):
                write(names, f"{name}\n".encode())
        finally:
            # It holds the pipe until here.
            os.close(names)
            endings.leave(0)


def _all(descriptor: int, deadline: float) -> tuple[bytes, bool]:
    """What is written there, and whether that came to its end in time."""
    pieces: list[bytes] = []
    while select.select([descriptor], [], [], max(deadline - monotonic(), 0.0))[0]:
        piece = os.read(descriptor, 1 << 16)
        if not piece:
            return b"".join(pieces), True
        pieces.append(piece)
    return b"".join(pieces), False


def _flush() -> None:
    """What waits to be written would be written by both."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: S112 -- the project may have put anything in its place.
            continue
