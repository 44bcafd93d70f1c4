"""What the comparison of a project's files before and after a command has shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector_app.models import WorkspaceTaskRun

LISTED = 20


def proof(row: WorkspaceTaskRun) -> Iterator[str]:
    """Lines for a terminal; none for a run that never started."""
    changed = row.files_changed
    if changed is None:
        if row.pid is not None:
            yield "the files were not compared"
        return
    noun = "file" if len(changed) == 1 else "files"
    yield f"{len(changed)} {noun} changed, {row.files_compared} compared"
    for change in changed[:LISTED]:
        yield f"    {change['change']} {change['path']}"
    if len(changed) > LISTED:
        yield f"    and {len(changed) - LISTED} more"
    if row.files_unreadable:
        folders = "folder" if row.files_unreadable == 1 else "folders"
        yield f"{row.files_unreadable} {folders} could not be read: not known what is in there"
