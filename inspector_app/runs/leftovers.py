"""Ending a process that nobody holds any more, and never another one with the same number."""

from __future__ import annotations

import logging

# /proc counts starts in hundredths of a second from a boot time that is known to a second.
SAME_S = 1.0

logger = logging.getLogger(__name__)


def kill(pid: int, create_time: float) -> None:
    """Kill ``pid`` and everything below it, if it is still the process that started then."""
    import psutil

    try:
        process = psutil.Process(pid)
        if abs(process.create_time() - create_time) > SAME_S:
            return
        tree = [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return
    for member in tree:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
        except psutil.AccessDenied:
            logger.warning("process %d of an earlier run could not be ended", member.pid)
