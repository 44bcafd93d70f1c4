"""How far a scan is, in one line of a terminal that is gone when the scan is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector_app.events import Event

_CLEAR = "\r\x1b[K"


@contextmanager
def progress() -> Iterator[None]:
    """Nothing at all where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from inspector_app.events import bus

    forget = bus.listen(_say)
    try:
        yield
    finally:
        forget()
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def _say(event: Event) -> None:
    if event.kind == "scan":
        sys.stderr.write(f"{_CLEAR}Reading: {event.data['text']}")
        sys.stderr.flush()
