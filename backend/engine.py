"""Everything that runs while DJDesk serves pages, started and stopped in order by one owner."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from backend import data, database, lean, lock, logs, paths
from backend.garbage import collect_from_now_on
from inspector_app.events import Event, bus

Progress = Callable[[str, str], None]

logger = logging.getLogger(__name__)


def set_up_django() -> None:
    """Load settings and apps; a Problem from an unreadable option passes through.

    ``django.setup`` would also load all that has to do with requests, to set a prefix of addresses
    that is the default, which a command line need not wait for.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
    from django.apps import apps
    from django.conf import settings

    apps.populate(settings.INSTALLED_APPS)


def database_path() -> Path:
    from django.conf import settings

    return Path(str(settings.DATABASES["default"]["NAME"]))


class Engine:
    """A running server with its queue."""

    def __init__(self, port: int) -> None:
        from huey.contrib.djhuey import HUEY

        from backend.access import door
        from backend.queue import QueueRunner
        from backend.server import Server
        from backend.wsgi import application

        self.door = door
        self._server = Server(application, port)
        self.port = self._server.port
        door.host = self._server.host
        self._queue = QueueRunner(HUEY)

    def start(self) -> None:
        self._queue.start()
        self._server.start()

    def stop(self) -> None:
        """Stop the commands that run, then the queue, then the pages that watch them."""
        from inspector_app.runs import live

        live.stop_all()
        self._queue.stop()
        self._server.stop()

    def address(self) -> str:
        """A one-time URL that opens the first page."""
        return f"http://{self._server.host}{self.door.issue()}"


@contextmanager
def running(
    port: int, progress: Progress, *, purpose: str, log_dir: Path | None = None
) -> Iterator[Engine]:
    """Lock the data directory, update the database, recover, serve; undo it all at exit.

    ``purpose`` tells whoever finds the directory locked what holds it.
    """
    progress("data", "Opening the data directory")
    directory = paths.data_dir()
    data.prepare(directory)
    with lock.locked(directory, purpose):
        logs.to_file(log_dir or paths.log_dir())
        progress("django", "Loading Django")
        set_up_django()
        from django.conf import settings
        from django.db import connections

        settings.DJDESK_DIRECTORIES["logs"] = log_dir or paths.log_dir()

        _bring_up_to_date(progress)
        progress("serve", "Starting the server")
        engine = Engine(port)
        forget = bus.listen(_after_a_scan)
        gc.collect()
        collect_from_now_on()
        engine.start()
        try:
            yield engine
        finally:
            engine.stop()
            forget()
            connections.close_all()
            logger.info("stopped")


def _after_a_scan(event: Event) -> None:
    if event.kind == "workspace":
        lean.give_back()


def _bring_up_to_date(progress: Progress) -> None:
    from huey.contrib.djhuey import HUEY

    from inspector_app.runs.recovery import recover

    path = database_path()
    with database.explained(path):
        database.migrate(path, lambda text: progress("migrate", text))
        moved = database.put_unreadable_queue_aside(Path(HUEY.storage.filename))
        if moved is not None:
            logger.warning("the queue could not be read and is now %s; nothing is lost", moved)
        recover()
