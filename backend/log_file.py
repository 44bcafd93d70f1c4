"""The engine's log file, which is allowed to run out of disk."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler


class LogFile(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's name
        """On a full disk a line is lost; its traceback on a terminal would help nobody."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)
