"""The HTTP server: waitress on loopback, threads as they are needed, gone at once when stopped."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from itertools import count
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher, WSGITask

from inspector_app.errors import Problem
from inspector_app.events import bus

ADDRESS = "127.0.0.1"
THREADS = 20
CRASHED = 1

logger = logging.getLogger(__name__)


class Server:
    """Owns the listening socket and the serving thread."""

    def __init__(self, application: Any, port: int = 0) -> None:
        self._socket = _listen(port)
        self.port: int = self._socket.getsockname()[1]
        self._server: Any = create_server(
            application,
            sockets=[self._socket],
            threads=0,
            ident="",
            # A stream of events must reach the page line by line.
            send_bytes=1,
            # Reading on while a request is served is what notices that its client has gone.
            channel_request_lookahead=1,
            clear_untrusted_proxy_headers=True,
        )
        self._server.channel_class = _Channel
        self._server.task_dispatcher = _Threads(THREADS)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="http")

    @property
    def host(self) -> str:
        return f"{ADDRESS}:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the streams first: a busy thread would hold the exit for seconds."""
        bus.close()
        self._stopping.set()
        self._server.pull_trigger()
        self._thread.join()
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=2)
        wasyncore.close_all(self._server._map, ignore_all=True)  # noqa: SLF001 -- no public way

    def _serve(self) -> None:
        # Waitress' own run() can only be left by an exception in its thread.
        try:
            while not self._stopping.is_set():
                wasyncore.loop(timeout=30, use_poll=True, map=self._server._map, count=1)  # noqa: SLF001
        except Exception:
            # An engine that answers nobody is worse than none: the window starts a new one.
            logger.critical("the server failed", exc_info=True)
            os._exit(CRASHED)


class _Threads(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads that are started when all others are busy, up to ``most``.

    A window needs three or four. Each one that has served a page keeps a connection to the
    database and a deep stack, and Waitress, which starts all at once, lets each have its turn.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def add_task(self, task: Any) -> None:
        with self.lock:
            running = len(self.threads) - self.stop_count
            all_busy = len(self.queue) >= running - self.active_count
            self.queue.append(task)
            self.queue_cv.notify()
            # Not by set_thread_count(): threads of the server call this at the same time, and one
            # that counted before another has started more would end a thread that a task waits for.
            if all_busy and running < self._most:
                free = next(number for number in count() if number not in self.threads)
                self.threads.add(free)
                self.start_new_thread(self.handler_thread, free)
                self.active_count += 1


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that tells a request being served when its client has gone.

    Otherwise a stream without news holds its thread until it writes again, and a user who turns
    pages quickly uses up all threads.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._gone: list[Callable[[], None]] = []
        super().__init__(*args, **kwargs)

    def on_gone(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` once the connection is closed, at once if it is."""
        self._gone.append(callback)
        if not self.connected:
            callback()

    def handle_close(self) -> None:
        super().handle_close()
        while self._gone:
            self._gone.pop()()


class _Task(WSGITask):  # type: ignore[misc]
    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        environ["djdesk.on_gone"] = self.channel.on_gone
        return environ


_Channel.task_class = _Task


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        # There, SO_REUSEADDR would let another program take the same port over.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
        # Two sockets may be bound to one free port; only one of them can listen.
        listener.listen(1)
    except (OSError, OverflowError) as error:
        listener.close()
        raise _port_problem(port, error) from error
    return listener


def _port_problem(port: int, error: OSError | OverflowError) -> Problem:
    hint = "Leave --port out to let DJDesk choose a free one, or name another."
    if isinstance(error, OverflowError):
        return Problem(
            "port_unusable", f"{port} is not a port: they go from 1 to 65535.", hint, field="port"
        )
    if error.errno == errno.EADDRINUSE:
        return Problem(
            "port_in_use", f"Port {port} is in use by another program.", hint, field="port"
        )
    return Problem(
        "port_unusable",
        f"DJDesk cannot listen on port {port}: {error.strerror}.",
        hint,
        field="port",
    )
