"""What a rehearsed command would have changed, as a part of the page of its run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.rehearsals.diff_lines import Line, diff_lines
from inspector_app.rehearsals.result import Result, load
from inspector_app.templatetags.djdesk import amount

from .page import page

FILES_SHOWN = 300
LINES_SHOWN = 2_000
# Differences that are short altogether come open; others are fetched when they are opened.
LINES_OPEN = 300

_WORDS = {
    "created": "new",
    "modified": "changed",
    "metadata": "mode",
    "deleted": "deleted",
    "renamed": "renamed",
}
_TONES = {"created": "ok", "deleted": "err", "modified": "warn"}


@dataclass(frozen=True)
class FileRow:
    """``lines`` are there where the difference comes with the page."""

    number: int
    facts: dict[str, Any]
    lines: list[Line] | None

    @property
    def word(self) -> str:
        return _WORDS[self.facts["change"]]

    @property
    def tone(self) -> str:
        return _TONES.get(self.facts["change"], "info")

    @property
    def has_lines(self) -> bool:
        return self.facts["section"] is not None and bool(
            self.facts["added"] or self.facts["removed"]
        )


def rehearsal_context(run: WorkspaceTaskRun) -> dict[str, Any]:
    """Empty for a run that is no rehearsal, or whose result is gone."""
    result = load(run.folder) if run.rehearsal is not None else None
    if result is None:
        return {}
    facts = result.facts
    files = facts["files"][:FILES_SHOWN]
    opened = sum(one["added"] + one["removed"] for one in files) <= LINES_OPEN
    return {
        "rehearsal": facts,
        "rehearsal_words": _words(facts["summary"]),
        "rehearsal_files": [
            FileRow(number, one, lines_of(result, number) if opened else None)
            for number, one in enumerate(files)
        ],
        "rehearsal_more": len(facts["files"]) - len(files) + facts["omitted"],
    }


@page("inspector_app/run/diff.html")
def diff(request: HttpRequest, slug: str, number: int, file: int) -> dict[str, Any]:  # noqa: ARG001
    """The difference of one file, fetched when somebody opens it."""
    workspace = get_object_or_404(Workspace, slug=slug)
    run = get_object_or_404(workspace.runs, number=number)
    result = load(run.folder) if run.rehearsal is not None else None
    if result is None or file >= len(result.facts["files"]):
        raise Http404
    return {"lines": lines_of(result, file), "shown_limit": LINES_SHOWN}


def lines_of(result: Result, number: int) -> list[Line]:
    return list(islice(diff_lines(result.section(number)), LINES_SHOWN))


def _words(summary: dict[str, Any]) -> str:
    """``1 file created, 2 changed, 22 lines added, 3 lines removed``."""
    return ", ".join(_parts(summary)) or "nothing"


def _parts(summary: dict[str, Any]) -> Iterator[str]:
    kinds = ("created", "changed", "deleted", "renamed")
    counted = [(kind, summary[kind]) for kind in kinds if summary[kind]]
    for at, (kind, count) in enumerate(counted):
        yield f"{amount(count, 'file') if at == 0 else f'{count:,}'} {kind}"
    for kind in ("added", "removed"):
        if summary[kind]:
            yield f"{amount(summary[kind], 'line')} {kind}"
    if summary["databases"]:
        yield amount(summary["databases"], "database")
    if summary["outside"]:
        yield f"{amount(summary['outside'], 'write')} outside"
