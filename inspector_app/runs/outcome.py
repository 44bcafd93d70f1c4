"""How a run ended, in the words of the row: status, exit, what it used, what to do next."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from typing import Any

from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun

from .jail import GRACE_S, JailProcess

Status = WorkspaceTaskRun.Status


@dataclass
class Outcome:
    """Values for the row, and lines that DJDesk adds to the log."""

    fields: dict[str, Any]
    notes: list[str] = field(default_factory=list)


def refused(problem: Problem) -> Outcome:
    """A run that never started."""
    return Outcome(
        {
            "status": Status.FAILED,
            "message": problem.message[:1000],
            "hint": problem.hint[:1000],
        }
    )


def outcome_of(run: WorkspaceTaskRun, process: JailProcess, *, limit_reached: bool) -> Outcome:
    """The end of a run that the jail has finished with."""
    ended = process.ended
    if ended is None:
        return refused(_not_run(process))
    fields: dict[str, Any] = {
        "exit_code": ended["exit"],
        "signal": ended["signal"],
        "tier": ended["tier"],
        "peak_memory": ended["usage"]["max_rss_bytes"],
        "cpu_seconds": ended["usage"]["user_s"] + ended["usage"]["system_s"],
        "attempted_writes": ended["attempted_writes"],
        "hint": "",
    }
    manifest = ended["manifest"]
    if manifest is not None:
        fields["files_compared"] = manifest["compared"]
        fields["files_changed"] = manifest["changed"]
    fields["status"], fields["message"], notes = _verdict(run, ended, limit_reached)
    if fields["status"] == Status.TIMED_OUT:
        fields["hint"] = "Allow it more time, or run it for fewer apps."
    return Outcome(fields, notes)


def _not_run(process: JailProcess) -> Problem:
    error = process.error
    if error is None:
        return Problem(
            "jail_died",
            "The program that isolates commands ended without a report.",
            "Run the command again; if it happens again, the engine's log has the details.",
        )
    hints = {
        "spawn_failed": "Open the folder again, so that DJDesk looks for another interpreter.",
        "tier_unavailable": "Choose another tier, or let DJDesk choose.",
    }
    return Problem(error["code"], error["message"], hints.get(error["code"], ""))


def _verdict(
    run: WorkspaceTaskRun, ended: dict[str, Any], limit_reached: bool
) -> tuple[str, str, list[str]]:
    if limit_reached:
        message = "The output reached its limit, so the command was stopped."
        return Status.OUTPUT_LIMIT, message, [f"DJDesk: {message}"]
    if ended["timed_out"]:
        limit = f"{run.timeout_s:g} s limit reached"
        notes = [f"DJDesk: {limit}, SIGTERM to the process group"]
        if ended["signal"] == signal.SIGKILL.value:
            notes.append(f"DJDesk: no exit within {GRACE_S:g} s, SIGKILL to the whole tree")
        return Status.TIMED_OUT, f"Stopped: {limit}. Its output is incomplete.", notes
    if ended["stopped"]:
        asked = WorkspaceTaskRun.objects.filter(pk=run.pk, cancel_requested=True).exists()
        message = "Stopped by you." if asked else "Stopped because DJDesk was closed."
        return Status.CANCELLED, message, [f"DJDesk: {message}"]
    if ended["exit"] == 0:
        return Status.SUCCEEDED, "", []
    if ended["signal"] is not None:
        name = _signal_name(ended["signal"])
        return Status.FAILED, f"It was ended by {name}.", [f"DJDesk: ended by {name}"]
    return Status.FAILED, f"It ended with exit code {ended['exit']}; its output says why.", []


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
