"""Asking a trusted project for its system checks, by a run like any other."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.log import STDERR, STDOUT

from .checks import Checks, parse_checks
from .crash import Crash, read_crash
from .progress import Progress

# Projects print while they are imported; what check says comes last.
_TAIL = 4 * 1024 * 1024


@dataclass
class Checking:
    """How it went. ``run`` is None when the run was refused, ``checks`` when it told nothing."""

    section: dict[str, Any]
    run: WorkspaceTaskRun | None = None
    checks: Checks | None = None
    crash: Crash | None = None


def run_checks(workspace: Workspace, progress: Progress) -> Checking:
    """Run ``check``, so that it is in the history with its whole output, and read that.

    Raises:
        Stopped: the scan was cancelled meanwhile.
    """
    from inspector_app.runs.create import create_run
    from inspector_app.runs.execute import execute

    started = time.monotonic()
    checking = Checking({})
    try:
        run = create_run(workspace, "check", {}, enqueue=False)
        with progress.waiting_for(run):
            execute(run.pk)
        run.refresh_from_db()
        error = _read(checking, run)
    except Problem as problem:
        error = str(problem)
    checking.section = {
        "source": "runtime",
        "ok": error is None,
        "error": error,
        "seconds": round(time.monotonic() - started, 4),
    }
    progress.arrive("checks", checking.section)
    return checking


def _read(checking: Checking, run: WorkspaceTaskRun) -> str | None:
    """Fill in what the run tells; returns what went wrong."""
    checking.run = run
    # Issues go to stderr, the news that there are none to stdout.
    errors = _tail(run, STDERR)
    checking.checks = parse_checks(errors) or parse_checks(_tail(run, STDOUT))
    if checking.checks is not None:
        return None
    checking.crash = read_crash(errors, run.workspace.root_path)
    if checking.crash is not None and run.status == WorkspaceTaskRun.Status.FAILED:
        return checking.crash.exception
    return run.message or "it printed no check results"


def _tail(run: WorkspaceTaskRun, stream: int) -> str:
    kept: deque[bytes] = deque()
    size = 0
    for data in run.log.stream(stream):
        kept.append(data)
        size += len(data)
        while size - len(kept[0]) > _TAIL:
            size -= len(kept.popleft())
    return b"".join(kept).decode("utf-8", "replace")
