"""Runs as rows of a list: without the long lists they hold, which are counted instead."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Func, IntegerField, Manager, QuerySet

from inspector_app.commands.argv import from_command
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.turns import turns

Status = WorkspaceTaskRun.Status
ENDED_BADLY = (Status.FAILED, Status.TIMED_OUT, Status.OUTPUT_LIMIT, Status.LOST)

SHOWN = 200


def brief(
    runs: QuerySet[WorkspaceTaskRun] | Manager[WorkspaceTaskRun],
) -> QuerySet[WorkspaceTaskRun]:
    """``runs`` with ``changed`` and ``attempted``: how many files; None where not compared."""
    return counted(runs).defer("files_changed", "attempted_writes", "params")


def counted(
    runs: QuerySet[WorkspaceTaskRun] | Manager[WorkspaceTaskRun],
) -> QuerySet[WorkspaceTaskRun]:
    return runs.annotate(changed=_length("files_changed"), attempted=_length("attempted_writes"))


def _length(field: str) -> Func:
    return Func(F(field), function="json_array_length", output_field=IntegerField())


def run_list(workspace: Workspace, words: str, show: str, preset: str) -> dict[str, Any]:
    """The rows for the Runs page: those whose command line holds ``words``, newest first."""
    presets = list(workspace.runs.order_by("preset").values_list("preset", flat=True).distinct())
    preset = preset if preset in presets else ""
    runs = workspace.runs.filter(preset=preset) if preset else workspace.runs.all()
    kinds = {
        "all": runs,
        "failed": runs.filter(status__in=ENDED_BADLY),
        "active": runs.filter(status__in=WorkspaceTaskRun.ACTIVE),
        "kept": runs.filter(kept=True),
    }
    show = show if show in kinds else "all"
    wanted = words.lower().split()
    chosen = kinds[show]
    if wanted:
        # The command line is a list in a JSON column, which SQL cannot search word by word.
        holding = [
            pk
            for pk, argv in chosen.values_list("pk", "argv")
            if _holds(from_command(argv, workspace), wanted)
        ]
        chosen = chosen.filter(pk__in=holding[: SHOWN + 1])
    rows = list(brief(chosen)[: SHOWN + 1])
    return {
        "runs": rows[:SHOWN],
        "turns": turns(),
        "more": len(rows) > SHOWN,
        "shown_limit": SHOWN,
        "show": show,
        "presets": presets,
        "chosen_preset": preset,
        "words": words,
        "kinds": [
            (name, label, kinds[name].count())
            for name, label in (
                ("all", "All"),
                ("failed", "Failed"),
                ("active", "Running"),
                ("kept", "Kept"),
            )
        ],
    }


def _holds(argv: list[str], wanted: list[str]) -> bool:
    line = " ".join(argv).lower()
    return all(word in line for word in wanted)
