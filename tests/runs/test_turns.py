"""Which command runs, which one waits, and what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app import preferences
from inspector_app.events import Event, bus
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs import slots
from inspector_app.runs.turns import turn
from tests.runs import rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one(tmp_path: Path) -> Workspace:
    return rows.workspace(tmp_path, "one")


@pytest.fixture
def two(tmp_path: Path) -> Workspace:
    return rows.workspace(tmp_path, "two")


def position(run: WorkspaceTaskRun) -> int | None:
    place = turn(run)
    return None if place is None else place.position


def test_a_run_that_does_not_wait_has_no_place(one: Workspace) -> None:
    assert turn(rows.row(one, status="running")) is None
    assert turn(rows.row(one)) is None


def test_the_places_count_from_the_oldest(one: Workspace) -> None:
    rows.row(one, status="running")
    rows.row(one, status="cancelling")
    first, second = (rows.row(one, status="queued") for _ in range(2))

    assert (position(first), position(second)) == (1, 2)


def test_one_that_waits_for_its_own_project_is_not_in_the_way_of_another(
    one: Workspace, two: Workspace
) -> None:
    preferences.save({"parallel": 2, "parallel_workspace": 1})
    rows.row(one, status="running")
    waits_for_its_project = rows.row(one, status="queued")
    starts = rows.row(two, status="queued")
    behind_it = rows.row(two, status="queued")

    assert position(starts) == 1
    place = turn(waits_for_its_project)
    assert place is not None
    assert (place.position, "of this project" in place.reason) == (1, True)
    assert position(behind_it) == 2


def test_the_limit_on_all_projects_is_named(one: Workspace, two: Workspace) -> None:
    preferences.save({"parallel": 1})
    rows.row(one, status="running")
    place = turn(rows.row(two, status="queued"))

    assert place is not None
    assert place.reason == "1 command runs already, which is the limit."


class TestClaiming:
    """slots decides; what is claimed is only marked here, not executed."""

    @pytest.fixture
    def claimed(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        started: list[int] = []
        monkeypatch.setattr(slots, "execute", lambda pk, claimed: started.append(pk))  # noqa: ARG005
        monkeypatch.setattr(slots, "_waiting", set())
        return started

    def test_no_more_start_than_may_run(self, one: Workspace, claimed: list[int]) -> None:
        runs = [rows.row(one, status="queued") for _ in range(3)]
        for run in runs:
            slots.execute_in_turn(run.pk)

        assert claimed == [run.pk for run in runs[:2]]

    def test_only_one_that_has_to_wait_is_said_to_wait(
        self, one: Workspace, claimed: list[int]
    ) -> None:
        preferences.save({"parallel": 1})
        said: list[tuple[int, str]] = []

        def hear(event: Event) -> None:
            if event.kind == "run":
                said.append((event.data["id"], event.data["status"]))

        forget = bus.listen(hear)
        runs = [rows.row(one, status="queued") for _ in range(2)]
        for run in runs:
            slots.execute_in_turn(run.pk)
        forget()

        # What starts is said to start by who executes it.
        assert claimed == [runs[0].pk]
        assert said == [(runs[1].pk, "queued")]

    def test_a_run_that_waited_starts_when_another_has_ended(
        self, one: Workspace, claimed: list[int]
    ) -> None:
        preferences.save({"parallel": 1})
        first, second = (rows.row(one, status="queued") for _ in range(2))
        slots.execute_in_turn(first.pk)
        slots.execute_in_turn(second.pk)
        assert claimed == [first.pk]
        WorkspaceTaskRun.objects.filter(pk=first.pk).update(status="succeeded")
        slots.execute_waiting()

        assert claimed == [first.pk, second.pk]

    def test_another_project_overtakes_one_that_has_its_limit(
        self, one: Workspace, two: Workspace, claimed: list[int]
    ) -> None:
        preferences.save({"parallel": 2, "parallel_workspace": 1})
        runs = [rows.row(workspace, status="queued") for workspace in (one, one, two)]
        for run in runs:
            slots.execute_in_turn(run.pk)

        assert claimed == [runs[0].pk, runs[2].pk]

    def test_one_that_was_cancelled_meanwhile_is_passed_over(
        self, one: Workspace, claimed: list[int]
    ) -> None:
        slots.execute_in_turn(rows.row(one, status="cancelled").pk)

        assert claimed == []

    def test_a_run_that_nobody_sent_a_message_for_is_left_to_its_owner(
        self, one: Workspace, claimed: list[int]
    ) -> None:
        rows.row(one, status="queued")
        slots.execute_waiting()

        assert claimed == []
