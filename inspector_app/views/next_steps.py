"""What to do next after a run that did not succeed; each step is one button."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from inspector_app.models import WorkspaceTaskRun
from inspector_app.runs.asked import TIMEOUT_MAX_S
from inspector_app.runs.scanning import SCAN

Status = WorkspaceTaskRun.Status


@dataclass(frozen=True)
class Step:
    """``timeout`` runs the same command again with that limit, ``url`` leads to another page."""

    title: str
    detail: str
    button: str
    timeout: float | None = None
    url: str = ""


def next_steps(run: WorkspaceTaskRun) -> list[Step]:
    """None for the run of a scan: what the project needs is among the findings of that scan."""
    if run.preset == SCAN:
        return []
    match run.status:
        case Status.TIMED_OUT:
            return [*_more_time(run), _other_parameters(run)]
        case Status.OUTPUT_LIMIT:
            return [_other_parameters(run)]
        case Status.FAILED if run.exit_code is not None:
            return [_other_parameters(run)]
        case Status.FAILED | Status.LOST | Status.CANCELLED:
            return [_again(run)]
        case _:
            return []


def _more_time(run: WorkspaceTaskRun) -> list[Step]:
    longer = min(max(run.timeout_s * 3, 1.0), max(TIMEOUT_MAX_S, run.timeout_s))
    if longer <= run.timeout_s:
        return []
    detail = f"It was stopped after {run.timeout_s:g} s. The limit is {TIMEOUT_MAX_S:g} s."
    return [Step(f"Allow {longer:g} s for this command", detail, "Run", timeout=longer)]


def _other_parameters(run: WorkspaceTaskRun) -> Step:
    query = [("preset", run.preset)]
    for name, value in run.params.items():
        query += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
    url = reverse("inspector:commands", args=[run.workspace.slug]) + "?" + urlencode(query)
    return Step("Change the parameters", "The form is filled as for this run.", "Open", url=url)


def _again(run: WorkspaceTaskRun) -> Step:
    return Step("Run it again", "Nothing is run again by itself.", "Run", timeout=run.timeout_s)
