"""The commands that run in this process right now, so that they can be stopped."""

from __future__ import annotations

import threading
import uuid

from .jail import JailProcess

# Tells the rows of this process from those of one that died.
INSTANCE = uuid.uuid4().hex

_lock = threading.Lock()
_running: dict[int, JailProcess] = {}
_closing = False


def add(run_id: int, process: JailProcess) -> None:
    with _lock:
        _running[run_id] = process


def remove(run_id: int) -> None:
    with _lock:
        _running.pop(run_id, None)


def stop(run_id: int) -> bool:
    """Ask a running command to end; False when it does not run here."""
    with _lock:
        process = _running.get(run_id)
    if process is None:
        return False
    process.stop()
    return True


def stop_all() -> None:
    """Ask every command to end, for good: what is still queued is not started any more."""
    global _closing  # noqa: PLW0603 -- one process closes once
    with _lock:
        _closing = True
        processes = list(_running.values())
    for process in processes:
        process.stop(grace_s=1.0)


def closing() -> bool:
    return _closing
