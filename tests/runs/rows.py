"""Rows of runs that nothing executes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.log_writer import STDOUT, LogWriter


def workspace(root: Path, slug: str = "shop") -> Workspace:
    """A trusted workspace that nothing is run in."""
    folder = root / slug
    folder.mkdir(exist_ok=True)
    (folder / "manage.py").write_text("")
    return Workspace.objects.create(
        slug=slug,
        name=slug,
        root=str(folder),
        manage_py="manage.py",
        bundled=True,
        trusted_at=timezone.now(),
        opened_at=timezone.now(),
    )


def row(
    workspace: Workspace, output: bytes = b"", status: str = "succeeded", **fields: Any
) -> WorkspaceTaskRun:
    """A run with ``output`` on its standard output."""
    run = WorkspaceTaskRun.objects.create(
        workspace=workspace,
        number=workspace.runs.count() + 1,
        status=status,
        timeout_s=60,
        **{
            "preset": "check",
            "argv": ["python", "manage.py", "check"],
            "cwd": workspace.root,
            **fields,
        },
    )
    if output:
        writer = LogWriter(run.folder)
        writer.write(STDOUT, output)
        writer.close()
        run.lines, run.bytes = writer.lines, writer.kept
        run.save()
    return run
