"""Writing to a database that is busy or full at the moment."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

from . import live

FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 5.0

T = TypeVar("T")

logger = logging.getLogger(__name__)

_patient = True


def fail_at_once() -> None:
    """From here on nobody insists: a command line has nothing to keep, and a person waits."""
    global _patient  # noqa: PLW0603 -- one for the process, like what it is about
    _patient = False


def insist(write: Callable[[], T]) -> T:
    """``write()``, again and again while the database is locked or its disk is full.

    Meant for the worker that holds a run: nothing else could be written either, and a run whose end
    is not written would look as if it ran for ever. Gives up when DJDesk closes; the next start
    settles what is left (:mod:`.recovery`).
    """
    if not _patient:
        return write()
    wait = FIRST_WAIT_S
    while True:
        try:
            return write()
        except OperationalError as error:
            logger.warning("the database refuses a write, trying again: %s", error)
            if live.wait_for_closing(wait):
                raise
            wait = min(wait * 2, LONGEST_WAIT_S)
