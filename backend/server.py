"""The HTTP server: waitress on loopback, threads enough for streams, gone at once when stopped."""

from __future__ import annotations

import errno
import socket
import threading
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from inspector_app.errors import Problem
from inspector_app.events import bus

ADDRESS = "127.0.0.1"
THREADS = 20


class Server:
    """Owns the listening socket and the serving thread."""

    def __init__(self, application: Any, port: int = 0) -> None:
        self._socket = _listen(port)
        self.port: int = self._socket.getsockname()[1]
        self._server: Any = create_server(
            application,
            sockets=[self._socket],
            threads=THREADS,
            ident="",
            # A stream of events must reach the page line by line.
            send_bytes=1,
            clear_untrusted_proxy_headers=True,
        )
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
        while not self._stopping.is_set():
            wasyncore.loop(timeout=30, map=self._server._map, count=1)  # noqa: SLF001


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
    except (OSError, OverflowError) as error:
        listener.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise Problem(
                "port_in_use",
                f"Port {port} is in use by another program.",
                "Leave --port out to let DJDesk choose a free one, or name another.",
                field="port",
            ) from error
        raise Problem(
            "port_unusable",
            f"DJDesk cannot listen on port {port}.",
            "Leave --port out to let DJDesk choose a free one.",
            field="port",
        ) from error
    return listener
