"""What the queue runs. A message holds an id; the row it names holds everything else."""

from __future__ import annotations

import threading

from huey.contrib.djhuey import db_task

# The queue has a thread for every command that may run at once; reading projects takes no more
# than two of them.
_scanning = threading.BoundedSemaphore(2)


@db_task()  # type: ignore[untyped-decorator]
def execute_run(run_id: int) -> None:
    """Execute a queued :class:`~inspector_app.models.WorkspaceTaskRun` when it is its turn."""
    from inspector_app.runs.slots import execute_in_turn

    execute_in_turn(run_id)


@db_task()  # type: ignore[untyped-decorator]
def execute_waiting_runs() -> None:
    """Execute runs that waited for their turn, if it has come."""
    from inspector_app.runs.slots import execute_waiting

    execute_waiting()


@db_task()  # type: ignore[untyped-decorator]
def execute_scan(scan_id: int) -> None:
    """Perform a queued :class:`~inspector_app.models.Scan`."""
    from inspector_app.runs.slots import execute_waiting
    from inspector_app.scans.scan import execute

    with _scanning:
        execute(scan_id)
    # A scan runs a command as well, and something may have waited for its end.
    execute_waiting()
