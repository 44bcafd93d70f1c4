"""What the queue runs. A message holds an id; the row it names holds everything else."""

from __future__ import annotations

from huey.contrib.djhuey import db_task


@db_task()  # type: ignore[untyped-decorator]
def execute_run(run_id: int) -> None:
    """Execute a queued :class:`~inspector_app.models.WorkspaceTaskRun`."""
    from inspector_app.runs.execute import execute

    execute(run_id)


@db_task()  # type: ignore[untyped-decorator]
def scan_workspace(workspace_id: int) -> None:
    """Read a workspace anew."""
    from inspector_app.models import Workspace
    from inspector_app.scans.scan import scan

    workspace = Workspace.objects.filter(pk=workspace_id).first()
    if workspace is not None:
        scan(workspace)
