from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app import preferences
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs import recovery, retention
from tests.runs import rows
from tests.runs.project import executed, opened

pytestmark = pytest.mark.django_db(transaction=True)

MB = 1_000_000


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rows.workspace(tmp_path)


def numbers(workspace: Workspace) -> list[int]:
    return list(workspace.runs.order_by("number").values_list("number", flat=True))


def sized(workspace: Workspace, *megabytes: int) -> None:
    """Runs that claim to be so large."""
    for size in megabytes:
        WorkspaceTaskRun.objects.filter(pk=rows.row(workspace, b"x").pk).update(bytes=size * MB)


def test_only_the_newest_runs_stay(shop: Workspace) -> None:
    for _ in range(5):
        rows.row(shop, b"x")
    preferences.save({"keep_runs": 2})
    retention.apply()

    assert numbers(shop) == [4, 5]


def test_a_removed_run_takes_its_folder_with_it(shop: Workspace) -> None:
    old, new = rows.row(shop, b"x"), rows.row(shop, b"x")
    preferences.save({"keep_runs": 1})
    retention.apply()

    assert (old.folder.exists(), new.folder.exists()) == (False, True)


def test_runs_that_take_too_much_room_go_and_so_do_older_ones(shop: Workspace) -> None:
    sized(shop, 1, 60, 30, 30)
    preferences.save({"keep_mb": 100})
    retention.apply()

    assert numbers(shop) == [3, 4]


def test_the_newest_run_stays_however_large_it_is(shop: Workspace) -> None:
    sized(shop, 1, 500)
    preferences.save({"keep_mb": 100})
    retention.apply()

    assert numbers(shop) == [2]


def test_the_limits_on_all_projects_take_the_oldest_of_any(tmp_path: Path) -> None:
    one, two = rows.workspace(tmp_path, "one"), rows.workspace(tmp_path, "two")
    for workspace in (one, one, two, two):
        rows.row(workspace)
    preferences.save({"keep_runs_total": 3})
    retention.apply()

    assert (numbers(one), numbers(two)) == ([2], [1, 2])


def test_runs_that_are_kept_or_active_are_never_removed(shop: Workspace) -> None:
    rows.row(shop, kept=True)
    for status in WorkspaceTaskRun.ACTIVE:
        rows.row(shop, status=status)
    rows.row(shop)
    rows.row(shop)
    preferences.save({"keep_runs": 1})
    retention.apply()

    assert numbers(shop) == [1, 2, 3, 4, 6]


def test_a_run_that_ends_makes_room(project: Path) -> None:
    preferences.save({"keep_runs": 1})
    workspace = opened(project)
    before = numbers(workspace)
    run = executed(workspace, "diffsettings")

    assert before == []
    executed(workspace, "diffsettings")
    assert not WorkspaceTaskRun.objects.filter(pk=run.pk).exists()
    assert numbers(workspace) == [2]


def test_a_folder_without_a_row_is_swept_at_the_start(shop: Workspace) -> None:
    run, orphan = rows.row(shop, b"x"), rows.row(shop, b"x")
    # What a crash leaves that comes between the row and the folder.
    WorkspaceTaskRun.objects.filter(pk=orphan.pk).delete()
    other = run.folder.parent / "notes"
    other.mkdir()
    recovery.recover()

    assert not orphan.folder.exists()
    assert run.folder.exists()
    assert other.exists()
    other.rmdir()


def test_the_limits_are_applied_at_the_start(shop: Workspace) -> None:
    for _ in range(3):
        rows.row(shop)
    preferences.save({"keep_runs": 1})
    recovery.recover()

    assert numbers(shop) == [3]
