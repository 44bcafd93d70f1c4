"""When this process is to end, and that it does.

A signal handler runs between any two instructions of the main thread, so that taking a lock in it
may wait for ever. Here the interpreter itself writes a signal's number into a socket, and a thread
takes it from there.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
import time

GRACE_S = 5.0
LATE = 1
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_ASKED = 0

logger = logging.getLogger(__name__)


class Stop:
    """Asked for by a signal or by any thread; make it in the main thread.

    ``grace_s`` after that the process ends, whether or not the orderly stop was done. A second
    Ctrl+C ends it at once.
    """

    def __init__(self, grace_s: float = GRACE_S) -> None:
        self.grace_s = grace_s
        self._asked = threading.Event()
        self._receiver, self._sender = socket.socketpair()
        self._sender.setblocking(False)
        signal.set_wakeup_fd(self._sender.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), _nothing)
        threading.Thread(target=self._watch, name="stop", daemon=True).start()

    def ask(self) -> None:
        # A full buffer holds enough requests already.
        with contextlib.suppress(BlockingIOError):
            self._sender.send(bytes([_ASKED]))

    def wait(self) -> None:
        """Return once the end was asked for."""
        self._asked.wait()

    def _watch(self) -> None:
        first = self._receiver.recv(1)[0]
        logger.info("asked to stop by %s", signal.strsignal(first) if first else "the window")
        deadline = time.monotonic() + self.grace_s
        self._asked.set()
        try:
            while True:
                self._receiver.settimeout(max(deadline - time.monotonic(), 0.001))
                if first == self._receiver.recv(1)[0] == signal.SIGINT:
                    break
        except TimeoutError:
            logger.warning("did not stop within %s s", self.grace_s)
        os._exit(LATE)


def _nothing(*_: object) -> None:
    """Replaces a signal's default effect; the number has already been written."""
