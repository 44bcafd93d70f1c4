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
def scan_workspace(workspace_id: int) -> None:
    """Read a workspace anew."""
    from inspector_app.models import Workspace
    from inspector_app.runs.slots import execute_waiting
    from inspector_app.scans.scan import scan

    workspace = Workspace.objects.filter(pk=workspace_id).first()
    if workspace is not None:
        with _scanning:
            scan(workspace)
        # A scan runs a command as well, and something may have waited for its end.
        execute_waiting()
