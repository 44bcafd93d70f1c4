"""A scan that is queued, watched and cancelled."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Scan, WorkspaceTaskRun
from inspector_app.runs.cancel import cancel
from inspector_app.scans import progress
from inspector_app.scans import scan as scanning
from inspector_app.scans.requests import cancel_scan, request_scan
from inspector_app.scans.scan import execute, scan
from inspector_app.scans.static import kept
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the queue was given; nobody works on it."""
    asked: list[int] = []
    monkeypatch.setattr("inspector_app.tasks.execute_scan", asked.append)
    return asked


def test_a_scan_that_waits_is_enough(project: Path, messages: list[int]) -> None:
    workspace = open_path(project)

    first, second = request_scan(workspace), request_scan(workspace)

    assert first == second
    assert messages == [first.pk]


def test_a_message_that_comes_twice_scans_once(project: Path, messages: list[int]) -> None:
    row = request_scan(open_path(project))
    execute(row.pk)
    row.refresh_from_db()
    finished = row.finished_at

    execute(row.pk)

    row.refresh_from_db()
    assert (row.state, row.finished_at) == (Scan.State.DONE, finished)
    assert messages == [row.pk]


def test_a_scan_that_waits_is_cancelled_at_once(project: Path, messages: list[int]) -> None:
    row = request_scan(open_path(project))

    cancel_scan(row)
    execute(messages[0])

    row.refresh_from_db()
    assert row.state == Scan.State.CANCELLED
    with pytest.raises(Problem, match="already ended"):
        cancel_scan(row)


def test_a_running_scan_ends_between_two_sections(project: Path) -> None:
    workspace = open_path(project)
    seen: list[dict[str, Any]] = []

    def hear(event: Any) -> None:
        if event.kind == "scan":
            seen.append(event.data)
            if len(event.data["sections"]) == 2:
                cancel_scan(Scan.objects.get(pk=event.data["id"]))

    kept.forget()  # What is known already is not read in sections.
    forget = bus.listen(hear)
    row = scan(workspace)
    forget()

    assert row.state == Scan.State.CANCELLED
    assert row.problem is None
    assert [one["name"] for one in seen[-1]["sections"]] == ["settings", "apps"]
    assert progress.of(row) is None
    assert workspace.scans.filter(state=Scan.State.DONE).count() == 1


def test_a_scan_that_takes_too_long_says_so(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = open_path(project)
    kept.forget()
    monkeypatch.setattr(scanning, "LIMIT_S", 0.0)

    row = scan(workspace)

    assert row.state == Scan.State.TIMED_OUT
    assert row.problem is not None
    assert row.problem["code"] == "scan_timed_out"


def test_cancelling_stops_the_command_that_the_scan_waits_for(stubborn: Path) -> None:
    workspace = open_path(stubborn)
    trust.grant(workspace)

    def hear(event: Any) -> None:
        if event.kind == "log":
            cancel_scan(workspace.scans.all()[0])

    forget = bus.listen(hear)
    row = scan(workspace)
    forget()

    assert row.state == Scan.State.CANCELLED
    assert workspace.runs.get().status == WorkspaceTaskRun.Status.CANCELLED


def test_stopping_that_command_cancels_the_scan(stubborn: Path) -> None:
    workspace = open_path(stubborn)
    trust.grant(workspace)

    def hear(event: Any) -> None:
        if event.kind == "log":
            with suppress(Problem):
                cancel(workspace.runs.get())

    forget = bus.listen(hear)
    row = scan(workspace)
    forget()

    assert row.state == Scan.State.CANCELLED


def test_progress_counts_both_readings_and_names_what_came_last(project: Path) -> None:
    workspace = open_path(project)
    told = progress.Progress(1, workspace.slug)
    told.expect("static", ["settings", "models"])
    told.expect("runtime", ["settings", "static_files"])

    told.arrive("static", "settings", ok=True)
    told.arrive("runtime", "static_files", ok=False)

    assert told.as_dict()["text"] == "2 of 4, static files read"
    assert told.as_dict()["sections"][1] == {
        "source": "runtime",
        "name": "static_files",
        "ok": False,
    }


def test_the_page_of_a_scan_arrives_by_events(served: Served, project: Path) -> None:
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})
    with served.stream("/events/?after=0&id=x", {}) as stream:
        served.post("/api/workspaces/shop/scan/", {})
        lines = iter(stream)
        kinds: list[str] = []
        while kinds.count("event: workspace") < 4:
            line = next(lines).decode().strip()
            if line.startswith("event: "):
                kinds.append(line)

    assert "event: scan" in kinds
