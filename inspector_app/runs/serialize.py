"""A run as the page, scripts and events see it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from inspector_app.commands.argv import display
from inspector_app.models import WorkspaceTaskRun

from .log import Line
from .turns import turn

# Bytes of one line; the rest of a longer one is only in the download.
WIDTH = 4000


def run_json(run: WorkspaceTaskRun) -> dict[str, Any]:
    lines, size = extent(run)
    return {
        "id": run.pk,
        "number": run.number,
        "workspace": run.workspace.slug,
        "preset": run.preset,
        "params": run.params,
        "argv": run.argv,
        "command": display(run.argv, run.workspace),
        "status": str(run.status),
        "exit_code": run.exit_code,
        "signal": run.signal,
        "created_at": _time(run.created_at),
        "started_at": _time(run.started_at),
        "finished_at": _time(run.finished_at),
        "seconds": run.seconds,
        "timeout_s": run.timeout_s,
        "tier": run.tier,
        "network": run.network,
        "lines": lines,
        "bytes": size,
        "redacted": run.redacted,
        "omitted_bytes": sum(gap.size for gap in run.log.gaps()) if may_be_cut(run) else 0,
        "files_compared": run.files_compared,
        "files_changed": run.files_changed,
        "files_unreadable": run.files_unreadable,
        "attempted_writes": run.attempted_writes,
        "rehearsal": run.rehearsal,
        "peak_memory": run.peak_memory,
        "cpu_seconds": run.cpu_seconds,
        "kept": run.kept,
        "queue": _queue(run),
        "message": run.message,
        "hint": run.hint,
        "url": run.get_absolute_url(),
    }


def extent(run: WorkspaceTaskRun) -> tuple[int, int]:
    """Lines and bytes of the log; while it grows, the row does not know them yet."""
    if run.active and run.started_at is not None:
        return run.log.total(), run.log.size()
    return run.lines, run.bytes


def may_be_cut(run: WorkspaceTaskRun) -> bool:
    """Whether there may be output that was not kept; only then its log is looked at."""
    cut = (WorkspaceTaskRun.Status.OUTPUT_LIMIT, WorkspaceTaskRun.Status.LOST)
    return run.status in cut or (run.active and run.started_at is not None)


def _queue(run: WorkspaceTaskRun) -> dict[str, Any] | None:
    place = turn(run)
    return None if place is None else asdict(place)


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def lines_json(run: WorkspaceTaskRun, first: int, count: int) -> dict[str, Any]:
    """A range of lines as the page and scripts get it."""
    # In this order: what is complete now has all of its lines, and none is beyond the total.
    found = list(run.log.lines(first, count, WIDTH))
    return {
        "from": first,
        "total": run.log.total(),
        "lines": [
            {
                "n": line.number,
                "stream": line.stream,
                "t": round(line.seconds, 3),
                "text": _text(line),
            }
            for line in found
        ],
        "gaps": [[gap.first, gap.last, gap.size] for gap in run.log.gaps()],
        "complete": not run.active,
    }


def _text(line: Line) -> str:
    return f"{line.text} … {line.omitted:,} more bytes" if line.omitted else line.text
