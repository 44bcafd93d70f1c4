"""How a run ended, in the words of the row: status, exit, what it used, what to do next."""

from __future__ import annotations

import errno
import signal
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun

from . import live
from .follower import RunFollower
from .jail import GRACE_S, JailProcess
from .log import amount

Status = WorkspaceTaskRun.Status

# A row must stay small enough to be shown; the rest is counted.
CHANGES_KEPT = 5000

_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass
class Outcome:
    """Values for the row, and lines that DJDesk adds to the log."""

    fields: dict[str, Any]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Verdict:
    status: str
    message: str = ""
    hint: str = ""
    notes: tuple[str, ...] = ()


def refused(problem: Problem) -> Outcome:
    """A run that never started, or that nobody could follow."""
    return Outcome(_row(_Verdict(Status.FAILED, problem.message, problem.hint)))


def unwritable(error: OSError) -> Outcome:
    """A run whose folders or log could not be written."""
    return Outcome(_row(_unwritable(error)))


def not_started(*, cancelled: bool) -> Outcome:
    """A run whose end was asked for while its start was prepared."""
    return Outcome(_row(_stopped({"processes": None}, cancelled=cancelled)))


def outcome_of(
    run: WorkspaceTaskRun,
    process: JailProcess,
    follower: RunFollower,
    *,
    cancelled: bool,
    isolated: bool,
) -> Outcome:
    """The end of a run that the jail has finished with; ``isolated`` must run so, or not at all."""
    ended = process.ended
    if ended is None:
        return refused(_not_run(process, isolated=isolated))
    usage = ended["usage"]
    verdict = _verdict(run, ended, follower, cancelled=cancelled)
    fields = _row(verdict) | {
        "exit_code": ended["exit"],
        "signal": ended["signal"],
        "tier": ended["tier"],
        "peak_memory": usage["max_rss_bytes"],
        "cpu_seconds": usage["user_s"] + usage["system_s"],
        "attempted_writes": _kept(ended["attempted_writes"]),
    }
    notes = [*_tier_notes(ended), *verdict.notes]
    if ended["exit"]:
        # What the tier could not give may be why.
        notes += [f"DJDesk: {note}" for note in ended["notes"]]
    manifest = ended["manifest"]
    if manifest is not None:
        changed = manifest["changed"]
        fields["files_compared"] = manifest["compared"]
        fields["files_changed"] = _kept(changed)
        fields["files_unreadable"] = manifest["unreadable"]
        if len(changed) > CHANGES_KEPT:
            notes.append(
                f"DJDesk: {len(changed):,} files changed, the first {CHANGES_KEPT:,} are listed"
            )
    if ended["attempted_total"] > CHANGES_KEPT:
        notes.append(
            f"DJDesk: {ended['attempted_total']:,} attempted writes, "
            f"the first {CHANGES_KEPT:,} are listed"
        )
    return Outcome(fields, notes)


def _tier_notes(ended: dict[str, Any]) -> list[str]:
    return [
        f"DJDesk: {reason['tier']} does not work here: {reason['reason']}"
        for reason in ended["tier_reasons"]
    ]


def _row(verdict: _Verdict) -> dict[str, Any]:
    return {
        "status": verdict.status,
        "message": verdict.message[:1000],
        "hint": verdict.hint[:1000],
    }


def _kept(changes: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    return changes[:CHANGES_KEPT] if changes is not None else None


def _not_run(process: JailProcess, *, isolated: bool) -> Problem:
    error = process.error
    if error is None:
        return Problem(
            "jail_died",
            "The program that isolates commands ended without a report, "
            "so how the command ended is not known.",
            "Run the command again; if it happens again, the engine's log has the details.",
        )
    hints = {
        "spawn_failed": "Open the folder again, so that DJDesk looks for another interpreter.",
    }
    if error["code"] == "tier_unavailable":
        hint = "“djdesk doctor” says what works here."
        if not isolated:
            hint += (
                " Without isolation it runs only when you ask for it each time: "
                "“djdesk run … --tier guarded”."
            )
        return Problem(
            error["code"],
            f"Nothing was run, because it could not be isolated. {error['message']}",
            hint,
        )
    return Problem(error["code"], error["message"], hints.get(error["code"], ""))


def _verdict(
    run: WorkspaceTaskRun, ended: dict[str, Any], follower: RunFollower, *, cancelled: bool
) -> _Verdict:
    """The first of these that is true: it is why the others may be true as well."""
    if follower.log_error is not None:
        return _unwritable(follower.log_error)
    if ended["disk_full"]:
        return _disk_full()
    if follower.limit_reached:
        return _output_limit(follower.omitted)
    if ended["timed_out"]:
        return _timed_out(run, ended)
    if ended["stopped"]:
        return _stopped(ended, cancelled=cancelled)
    if ended["signal"] is not None:
        return _signalled(ended)
    if ended["exit"] == 0:
        return _Verdict(Status.SUCCEEDED)
    return _failed(run, ended["exit"])


def _unwritable(error: OSError) -> _Verdict:
    reason = error.strerror or "it cannot be written"
    return _Verdict(
        Status.FAILED,
        f"DJDesk cannot write to its data directory ({reason}), so this run was stopped.",
        "Free some space and run it again."
        if error.errno in _FULL
        else "Make it writable; the engine's log has the details.",
    )


def _disk_full() -> _Verdict:
    message = "Stopped: what it wrote would have filled the disk."
    return _Verdict(
        Status.FAILED,
        message,
        "Free some space, or run it for fewer apps.",
        (f"DJDesk: {message}",),
    )


def _output_limit(omitted: int) -> _Verdict:
    message = (
        f"Stopped: it printed more than {amount(settings.DJDESK_LOG_LIMIT_BYTES)}. "
        f"The beginning and the end were kept, {amount(omitted)} between them omitted."
    )
    return _Verdict(
        Status.OUTPUT_LIMIT,
        message,
        "Lower its verbosity, or run it for fewer apps.",
        (f"DJDesk: {message}",),
    )


def _timed_out(run: WorkspaceTaskRun, ended: dict[str, Any]) -> _Verdict:
    limit = f"{run.timeout_s:g} s limit reached"
    notes = [f"DJDesk: {limit}, SIGTERM to the process group"]
    if ended["signal"] == signal.SIGKILL.value:
        notes.append(f"DJDesk: no exit within {GRACE_S:g} s, SIGKILL to the whole tree")
    return _Verdict(
        Status.TIMED_OUT,
        f"Stopped: {limit}{_and_processes(ended)}. Its output is incomplete.",
        "Allow it more time, or run it for fewer apps.",
        tuple(notes),
    )


def _stopped(ended: dict[str, Any], *, cancelled: bool) -> _Verdict:
    if cancelled:
        message = "Stopped by you"
    elif live.closing():
        message = "Stopped because DJDesk was closed"
    else:
        message = "Stopped from outside DJDesk"
    message += f"{_and_processes(ended)}."
    return _Verdict(Status.CANCELLED, message, notes=(f"DJDesk: {message}",))


def _and_processes(ended: dict[str, Any]) -> str:
    """How many ran when their end was asked for; nothing where they cannot be counted."""
    count = ended["processes"]
    if count is None:
        return ""
    return f"; {count} {'process was' if count == 1 else 'processes were'} ended"


def _signalled(ended: dict[str, Any]) -> _Verdict:
    number = ended["signal"]
    name = _signal_name(number)
    hint = ""
    if number == signal.SIGKILL.value:
        used = ended["usage"]["max_rss_bytes"] / 1_000_000
        hint = f"Perhaps memory ran out: it used up to {used:,.0f} MB."
    return _Verdict(Status.FAILED, f"It was ended by {name}.", hint, (f"DJDesk: ended by {name}",))


def _failed(run: WorkspaceTaskRun, exit_code: int) -> _Verdict:
    hint = ""
    if not run.workspace.django_version:
        hint = "No Django was found for its interpreter; install the project's requirements."
    return _Verdict(
        Status.FAILED, f"It ended with exit code {exit_code}; its output says why.", hint
    )


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
