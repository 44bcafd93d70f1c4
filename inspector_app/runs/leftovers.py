"""Ending processes that nobody holds any more, and never others that have their numbers.

The launcher ends everything it started. This is for a launcher that was itself killed.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    import psutil

# /proc counts starts in hundredths of a second from a boot time that is known to a second.
SAME_S = 1.0

# The launcher gives every command this limit of bytes in message queues, of which nothing that it
# starts can get rid. It stands there, too (limits.rs).
MARK = 819_199

# A process may fork, or have no environment for the moment of its exec, while it is looked for: the
# search ends when it has found nothing twice in a row.
ROUNDS = 20

logger = logging.getLogger(__name__)


def kill_tree(pid: int, create_time: float) -> None:
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
        _kill(member)


def kill_below(scratch: Path) -> None:
    """Kill every process whose HOME lies in ``scratch``: no command but ours has such a home.

    That also finds those which left their parents and sessions behind; and by their mark, those
    that no launcher holds any more, whatever environment they have.
    """
    import psutil

    quiet = 0
    for _ in range(ROUNDS):
        found = [
            process
            for process in psutil.process_iter(["environ"])
            if process.pid and (_lives_in(process.info["environ"], scratch) or _is_orphan(process))
        ]
        for process in found:
            _kill(process)
        quiet = 0 if found else quiet + 1
        if quiet == 2:
            return
        psutil.wait_procs(found, timeout=0.2)
    logger.error("processes of an earlier run keep coming back in %s", scratch)


def _lives_in(environ: dict[str, str] | None, scratch: Path) -> bool:
    # None: another user's process.
    return bool(environ) and Path((environ or {}).get("HOME", "")).is_relative_to(scratch)


def _is_orphan(process: psutil.Process) -> bool:
    """Whether it is a command's, and the first above it that is none is not the launcher."""
    import psutil

    try:
        if not _is_marked(process):
            return False
        while _is_marked(process):
            process = psutil.Process(process.ppid())
        return process.name() != Path(settings.DJDESK_JAIL).name
    except psutil.Error:
        # Somebody in between has just ended: the next round knows who came in his place.
        return False


def _is_marked(process: psutil.Process) -> bool:
    if sys.platform != "linux":
        return False
    import psutil

    return process.rlimit(psutil.RLIMIT_MSGQUEUE)[1] == MARK


def _kill(process: psutil.Process) -> None:
    import psutil

    try:
        process.kill()
    except psutil.NoSuchProcess:
        return
    except psutil.AccessDenied:
        logger.warning("process %d of an earlier run could not be ended", process.pid)
