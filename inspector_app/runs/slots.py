"""Which waiting command starts next, and how many may run at once.

A message of the queue says that a run may start. One that may not yet, because enough are running,
waits here until a run ends. What waits is also in the database, so a crash loses nothing.
"""

from __future__ import annotations

import threading

from . import live
from .announce import announce
from .execute import claim, execute
from .insist import insist
from .turns import Limits, queued_runs

_lock = threading.Lock()
_waiting: set[int] = set()


def execute_in_turn(run_id: int) -> None:
    """Execute what the message names, or leave it waiting; then whatever has its turn."""
    with _lock:
        _waiting.add(run_id)
    first = insist(_claim_next)
    if first != run_id:
        announce(run_id)
    _execute_from(first)


def execute_waiting() -> None:
    """Execute waiting runs, one after the other, until none may start."""
    _execute_from(insist(_claim_next))


def _execute_from(run_id: int | None) -> None:
    while run_id is not None:
        execute(run_id, claimed=True)
        run_id = insist(_claim_next)


def limits_changed() -> None:
    """Ask the queue's workers to start what may run now."""
    from inspector_app.tasks import execute_waiting_runs

    with _lock:
        waiting = len(_waiting)
    for _ in range(waiting):
        execute_waiting_runs()


def _claim_next() -> int | None:
    with _lock:
        if live.closing():
            return None
        limits = Limits()
        queued = queued_runs(_waiting)
        _waiting.intersection_update(pk for pk, _ in queued)
        for pk, workspace in queued:
            if limits.allow(workspace):
                claimed = claim(pk)
                _waiting.discard(pk)
                if claimed:
                    return pk
        return None
