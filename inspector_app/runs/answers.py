"""What an exit code says where a preset knows: an answer in a sentence instead of a number."""

from __future__ import annotations

import re

from inspector_app.commands import registry
from inspector_app.commands.preset import Answer
from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun

from .outcome import Outcome

# Evidence stands near the beginning or the end of what is printed; more than this is never read.
READ_LIMIT = 16 * 1024 * 1024
_LONGEST_LINE = 1000


def explain(run: WorkspaceTaskRun, outcome: Outcome) -> None:
    """Say in the outcome of an ended run what its exit code means; its status stays as it is."""
    if outcome.fields.get("status") != WorkspaceTaskRun.Status.FAILED:
        return
    code = outcome.fields.get("exit_code")
    try:
        answers = registry.get(run.preset, run.workspace).answers
    except Problem:
        return
    candidates = [answer for answer in answers if answer.exit_code == code]
    found = _first_evident(run, candidates) if candidates else None
    if found is not None:
        outcome.fields |= {"message": found.message, "hint": found.hint}


def _first_evident(run: WorkspaceTaskRun, answers: list[Answer]) -> Answer | None:
    """The answer whose evidence comes first in the output."""
    patterns = [(re.compile(answer.evidence.encode()), answer) for answer in answers]
    rest = b""
    read = 0
    for data in run.log.chunks():
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            for pattern, answer in patterns:
                if pattern.match(line[:_LONGEST_LINE]):
                    return answer
        # Of a line without an end only the beginning can tell anything.
        rest = rest[:_LONGEST_LINE]
        read += len(data)
        if read > READ_LIMIT:
            return None
    return next((answer for pattern, answer in patterns if pattern.match(rest)), None)
