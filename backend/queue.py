"""Huey in this process: durable in its own SQLite file, woken by an event instead of by polling.

Huey's own SQLite storage is polled (32 to 105 ms to the start of a task, seconds after an idle
time). Here ``enqueue`` releases a semaphore that ``dequeue`` waits on.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

from huey import SqliteHuey
from huey.consumer import Consumer
from huey.storage import SqliteStorage

# As many as commands may ever run at once, and two for reading projects. How many do run is decided
# when a message arrives (inspector_app.runs.slots).
WORKERS = 10

# Long enough to cost nothing; it only matters for a message another process put into the file.
FALLBACK_WAIT_S = 5.0


class WakingStorage(SqliteStorage):  # type: ignore[misc]
    """``SqliteStorage`` whose ``dequeue`` blocks until there is something to take."""

    blocking = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._available = threading.Semaphore(0)
        self._stopping = False
        super().__init__(*args, **kwargs)

    def _create_connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = super()._create_connection()
        connection.execute("PRAGMA synchronous=NORMAL")
        for statement in self.ddl:
            connection.execute(statement)
        return connection

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        super().enqueue(data, priority)
        self._available.release()

    def dequeue(self) -> bytes | None:
        # Look first: at start the file may hold messages that no enqueue of this process announced.
        message: bytes | None = super().dequeue()
        if message is None and not self._stopping:
            self._available.acquire(timeout=FALLBACK_WAIT_S)
            message = None if self._stopping else super().dequeue()
        return message

    def open(self) -> None:
        """Hand out messages (again)."""
        self._stopping = False

    def release(self, workers: int) -> None:
        """Let every waiting worker go, so that it sees the stop flag."""
        self._stopping = True
        self._available.release(workers)


class WakingHuey(SqliteHuey):  # type: ignore[misc]
    """A queue in the file ``filename``, which is opened at first use, not now."""

    storage_class = WakingStorage

    def __init__(self, name: str = "djdesk", *, filename: Path, immediate: bool = False) -> None:
        super().__init__(
            name, filename=str(filename), create_tables=False, results=False, immediate=immediate
        )


class _Consumer(Consumer):  # type: ignore[misc]
    def _set_signal_handlers(self) -> None:
        """The process entry owns the signals; a handler cannot be set outside the main thread."""


class QueueRunner:
    """Owns the consumer's threads from :meth:`start` to :meth:`stop`."""

    def __init__(self, huey: WakingHuey, workers: int = WORKERS) -> None:
        self._huey = huey
        self._workers = workers
        self._consumer = _Consumer(
            huey,
            workers=workers,
            periodic=False,
            scheduler_interval=60,
            check_worker_health=False,
        )

    def start(self) -> None:
        self._huey.storage.open()
        self._consumer.start()

    def stop(self) -> None:
        """Take no more tasks, wait for the running ones, join every thread."""
        self._consumer.stop_flag.set()
        self._huey.storage.release(self._workers)
        for _, thread in self._consumer.worker_threads:
            thread.join()
        self._consumer.scheduler.join()
        self._huey.storage.close()
