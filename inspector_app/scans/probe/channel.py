"""The way back to DJDesk: a pipe with a name, opened anew for each message.

A project may close descriptors, print, or fork while it is imported; none of it ends up in here.
Two processes of the probe may tell at a time, so each message has the pipe to itself.
"""

from __future__ import annotations

import fcntl
import json
import os
from typing import Any

# Bound now: a project may replace what it finds in these modules.
_open, _write, _close, _getpid, _exit = os.open, os.write, os.close, os.getpid, os._exit
_dumps, _flock = json.dumps, fcntl.flock


class Channel:
    """Tells one JSON object a line."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._pid = _getpid()

    def tell(self, message: dict[str, Any]) -> None:
        """Send ``message``; a fork of the project's that comes back to us ends here instead."""
        if not self.is_ours():
            _exit(0)
        self.pass_on(_dumps(message, skipkeys=True, default=_unknown).encode() + b"\n")

    def tell_now(self, message: dict[str, Any]) -> None:
        """The same from a signal's handler, perhaps in the middle of another message."""
        # Whoever has the pipe now may be the one that was interrupted.
        self.pass_on(b"\n" + _dumps(message).encode() + b"\n", wait=False)

    def pass_on(self, lines: bytes, *, wait: bool = True) -> None:
        """Send messages that are made already; without ``wait`` perhaps into another one."""
        # O_CLOEXEC keeps it from what other threads of the project start meanwhile.
        descriptor = _open(self._path, os.O_WRONLY | os.O_CLOEXEC)
        try:
            if wait:
                _flock(descriptor, fcntl.LOCK_EX)
            write(descriptor, lines)
        finally:
            # A fork that a thread of the project made meanwhile has this descriptor as well.
            _flock(descriptor, fcntl.LOCK_UN)
            _close(descriptor)

    def of_this_process(self) -> Channel:
        """The same pipe for a copy of the process that has something to tell as well."""
        return Channel(self._path)

    def is_ours(self) -> bool:
        return _getpid() == self._pid


def write(descriptor: int, data: bytes) -> None:
    """All of it, however little a pipe takes at once."""
    rest = memoryview(data)
    while rest:
        rest = rest[_write(descriptor, rest) :]


def _unknown(value: object) -> str:
    return f"<{type(value).__name__}>"
