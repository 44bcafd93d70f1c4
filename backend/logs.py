"""The one log file of the engine, rotated; made by whichever process entry runs."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def to_file(directory: Path) -> Path:
    """Log to ``engine.log`` in ``directory``; where that is impossible, to stderr, and say so."""
    path = directory / "engine.log"
    handler: logging.Handler
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=2_000_000, backupCount=3, encoding="utf-8")
    except OSError as error:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter(FORMAT))
        logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
        logging.getLogger(__name__).warning("no log file in %s: %s", directory, error)
        return path
    handler.setFormatter(logging.Formatter(FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("huey").setLevel(logging.WARNING)
    return path


def to_stderr(level: int = logging.WARNING) -> None:
    """For the command line: warnings only, on stderr."""
    logging.basicConfig(level=level, format="%(levelname)s: %(message)s", force=True)
