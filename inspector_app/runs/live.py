"""The commands that run in this process right now, so that they can be stopped."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .jail import JailProcess

# Tells the rows of this process from those of one that died.
INSTANCE = uuid.uuid4().hex

CLOSING_GRACE_S = 1.0


class EndAsked:
    """Called, it tells whether a run's end was asked for before its command starts, or after."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set() or _closing.is_set()

    def set(self) -> None:
        self._event.set()

    def command_ended(self) -> None:
        """What was asked of the command is done; what is read of its end may be stopped as well."""
        self._event.clear()


# A signal handler may stop everything while the same thread is in here.
_lock = threading.RLock()
_running: dict[int, JailProcess] = {}
_under_way: dict[int, EndAsked] = {}
_others: list[Callable[[], None]] = []
_closing = threading.Event()


@contextmanager
def under_way(run_id: int) -> Iterator[EndAsked]:
    """Let the end of a run be asked for although it has no command yet, or no more."""
    asked = EndAsked()
    with _lock:
        _under_way[run_id] = asked
    try:
        yield asked
    finally:
        with _lock:
            del _under_way[run_id]


@contextmanager
def registered(run_id: int, process: JailProcess) -> Iterator[None]:
    """Let ``process`` be stopped from outside; one that comes too late is stopped at once."""
    with _lock:
        _running[run_id] = process
        late = _closing.is_set()
    try:
        if late:
            process.stop(CLOSING_GRACE_S)
        yield
    finally:
        with _lock:
            del _running[run_id]


def stop(run_id: int) -> bool:
    """Ask a running command to end; False when it does not run here."""
    with _lock:
        process = _running.get(run_id)
        asked = _under_way.get(run_id)
    if asked is not None:
        asked.set()
    if process is None:
        return False
    process.stop()
    return True


def stop_all() -> None:
    """Ask every command to end, for good: what is still queued is not started any more."""
    with _lock:
        _closing.set()
        processes = list(_running.values())
        others = list(_others)
    for process in processes:
        process.stop(CLOSING_GRACE_S)
    for stop_other in others:
        stop_other()


def when_closing(stop_other: Callable[[], None]) -> None:
    """Have ``stop_other`` called as well: for what runs here without being a command."""
    with _lock:
        if stop_other not in _others:
            _others.append(stop_other)


def closing() -> bool:
    return _closing.is_set()


def wait_for_closing(seconds: float) -> bool:
    """Wait, but no longer than until everything stops; returns whether it does."""
    return _closing.wait(seconds)
