"""What to do next after a run that did not succeed; each step is one button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from inspector_app.models import WorkspaceTaskRun
from inspector_app.runs.asked import TIMEOUT_MAX_S
from inspector_app.runs.scanning import SCAN
from inspector_app.scans.newest import newest
from inspector_app.templatetags.djdesk import amount

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
            return [*_more_time(run), *_without_databases(run), _other_parameters(run)]
        case Status.OUTPUT_LIMIT:
            return [_other_parameters(run)]
        case Status.FAILED if run.exit_code is not None:
            return [*_what_the_scan_found(run), _other_parameters(run)]
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


def _without_databases(run: WorkspaceTaskRun) -> list[Step]:
    """Checks that ask a database take as long as it does, and are left out without a name."""
    if run.preset != "check" or not run.params.get("databases"):
        return []
    url = _form(run, {key: value for key, value in run.params.items() if key != "databases"})
    detail = "Those of databases run only where one is named. The form is filled without."
    return [Step("Leave out the checks of databases", detail, "Open", url=url)]


def _what_the_scan_found(run: WorkspaceTaskRun) -> list[Step]:
    """What makes a scan report an error often stops commands as well."""
    scan = newest(run.workspace, "findings")
    errors = [one for one in scan.report["findings"] if one["severity"] == "error"] if scan else []
    if not errors:
        return []
    url = reverse("inspector:overview", args=[run.workspace.slug])
    more = f", and {amount(len(errors) - 1, 'more error')}" if len(errors) > 1 else ""
    detail = errors[0]["title"].rstrip(".") + more + "."
    return [Step("See what the newest scan found", detail, "Open", url=url)]


def _other_parameters(run: WorkspaceTaskRun) -> Step:
    url = _form(run, run.params)
    return Step("Change the parameters", "The form is filled as for this run.", "Open", url=url)


def _form(run: WorkspaceTaskRun, params: dict[str, Any]) -> str:
    """The page that offers the command, filled with ``params``."""
    query = [("preset", run.preset)]
    for name, value in params.items():
        query += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
    return reverse("inspector:commands", args=[run.workspace.slug]) + "?" + urlencode(query)


def _again(run: WorkspaceTaskRun) -> Step:
    return Step("Run it again", "Nothing is run again by itself.", "Run", timeout=run.timeout_s)
