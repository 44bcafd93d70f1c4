"""What a rehearsed command would have changed, for a terminal and as a patch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from inspector_app.errors import Problem

from .output import write

if TYPE_CHECKING:
    from inspector_app.commands.preset import Preset
    from inspector_app.models import WorkspaceTaskRun
    from inspector_app.rehearsals.result import Result

LISTED = 50


def require_rehearsal(preset: Preset) -> None:
    if not preset.rehearsal:
        raise Problem(
            "bad_usage",
            f"{preset.name} only reads, so there is nothing to put into a patch.",
            "--patch goes with the rehearsals that “djdesk presets” lists.",
        )


def rehearsed(row: WorkspaceTaskRun) -> Result | None:
    """The result, or None for a run that is no rehearsal or never started."""
    from inspector_app.rehearsals.result import load

    return load(row.folder) if row.rehearsal is not None else None


def would_change(result: Result | None) -> Iterator[str]:
    """Lines for people; none where there is no result."""
    if result is None:
        return
    facts = result.facts
    changes = [f"{one['change']} {one['path']}" for one in (*facts["databases"], *facts["files"])]
    yield "a rehearsal: " + (
        "it would change nothing" if not changes else f"it would change {len(changes):,}:"
    )
    yield from (f"    {change}" for change in changes[:LISTED])
    if len(changes) > LISTED:
        yield f"    and {len(changes) - LISTED:,} more"
    for database in facts["databases"]:
        for table in database.get("tables", []):
            yield f"    {database['path']}: {_table(table)}"
    if not facts["complete"]:
        yield "    it was stopped, so this is only what it had written by then"


def _table(table: dict[str, Any]) -> str:
    """A table that is made or dropped has but one number of rows."""
    before, after = ("?" if rows is None else f"{rows:,}" for rows in table["rows"])
    change = "changed" if table["change"] == "rows" else table["change"]
    numbers = {"created": f"{after} rows", "dropped": f"{before} rows"}
    return f"{change} {table['name']}, {numbers.get(change, f'rows {before} → {after}')}"


def write_patch(row: WorkspaceTaskRun, result: Result | None, target: str) -> None:
    """Raises:
    Problem: ``no_patch`` where the command did not get so far, ``not_written``.
    """
    from inspector_app.rehearsals.patch_title import patch_title

    if result is None:
        raise Problem(
            "no_patch",
            f"{target} was not written: nothing is known of what the command would change.",
        )
    write(b"".join(result.patch(patch_title(row))), target, "--patch")
