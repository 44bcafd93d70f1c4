"""The one log file of the engine, rotated; opened by whoever holds the data directory."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

from inspector_app.redaction.known import RedactingFormatter

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
FILE_BYTES = 2_000_000
FILES_KEPT = 3


def to_file(directory: Path) -> Path:
    """Log to ``engine.log`` in ``directory``; where that is impossible, to stderr, and say so."""
    # It brings sockets along, and the command line has no log file.
    from backend.log_file import LogFile

    path = directory / "engine.log"
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = LogFile(
            path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        to_stderr(logging.INFO)
        logging.getLogger(__name__).warning("no log file in %s: %s", directory, error)
        return path
    handler.setFormatter(RedactingFormatter(FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("huey").setLevel(logging.WARNING)
    threading.excepthook = _thread_failed
    return path


def to_stderr(level: int) -> None:
    """For the command line, and for what happens before there is a data directory."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def _thread_failed(failure: threading.ExceptHookArgs) -> None:
    name = failure.thread.name if failure.thread is not None else "a thread that has ended"
    kind, value, trace = failure.exc_type, failure.exc_value, failure.exc_traceback
    exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | None = (
        (kind, value, trace) if value is not None else None
    )
    logging.getLogger(__name__).error("%s failed", name, exc_info=exc_info)
