"""What stands on top of a saved patch: where it comes from, and how it is applied."""

from __future__ import annotations

from django.conf import settings

from inspector_app.commands.argv import display
from inspector_app.models import WorkspaceTaskRun


def patch_title(run: WorkspaceTaskRun) -> list[str]:
    command = " ".join(display(run.argv, run.workspace))
    lines = [
        f"What this would change, rehearsed by DJDesk {settings.DJDESK_VERSION}:",
        f"  {command}",
        f"Apply it in the project's folder: git apply{_directory(run)} FILE",
    ]
    if run.tier == "shadow":
        lines.append("Permissions are left out: in this tier none are changed.")
    if run.rehearsal is not None and not run.rehearsal["complete"]:
        lines.append("The command was stopped, so this is only what it had written by then.")
    return lines


def _directory(run: WorkspaceTaskRun) -> str:
    """Within a repository git takes paths from its top, and silently skips all others."""
    root = run.workspace.root_path
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            inner = root.relative_to(folder).as_posix()
            return "" if inner == "." else f' --directory="{inner}"'
    return ""
