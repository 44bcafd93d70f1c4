from __future__ import annotations

import os
from pathlib import Path

import pytest

from inspector_app import preferences
from inspector_app.models import Scan, Workspace
from inspector_app.scans import files, staleness
from inspector_app.scans.scan import scan
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)


def changed(workspace: Workspace) -> list[tuple[str, str]]:
    stale = staleness.check(workspace)
    assert stale is not None
    assert stale.total == len(stale.files)
    return list(stale.files)


def test_nothing_has_changed_right_after_a_scan(project: Path) -> None:
    workspace = open_path(project)

    assert changed(workspace) == []
    assert staleness.known(workspace) is None


def test_changed_added_and_removed_files_are_told_apart(project: Path) -> None:
    workspace = open_path(project)
    (project / "orders" / "models.py").write_text("# new\n")
    (project / "orders" / "signals.py").write_text("")
    (project / "orders" / "tests.py").unlink()

    assert changed(workspace) == [
        ("orders/models.py", "changed"),
        ("orders/signals.py", "added"),
        ("orders/tests.py", "removed"),
    ]
    assert staleness.known(workspace) is not None


def test_a_file_put_in_place_of_another_counts_whatever_its_times(project: Path) -> None:
    workspace = open_path(project)
    target = project / "orders" / "models.py"
    info = target.stat()
    other = project / "orders" / "other.txt"
    other.write_bytes(target.read_bytes())
    os.utime(other, ns=(info.st_atime_ns, info.st_mtime_ns))
    other.replace(target)

    assert changed(workspace) == [("orders/models.py", "changed")]


def test_what_a_running_project_writes_does_not_count(project: Path) -> None:
    workspace = open_path(project)
    (project / "db.sqlite3").write_bytes(b"x")
    for folder in ("__pycache__", "node_modules/left-pad", ".git", "env/lib"):
        (project / folder).mkdir(parents=True)
        (project / folder / "module.py").write_text("")
    (project / "env" / "pyvenv.cfg").write_text("")

    assert changed(workspace) == []


def test_a_rescan_takes_the_marker_away(project: Path) -> None:
    workspace = open_path(project)
    (project / "orders" / "models.py").write_text("# new\n")
    staleness.check(workspace)

    scan(workspace)

    assert staleness.known(workspace) is None
    assert changed(workspace) == []


def test_only_the_newest_scan_keeps_what_files_it_saw(project: Path) -> None:
    workspace = open_path(project)
    scan(workspace)

    assert [row.files is None for row in workspace.scans.all()] == [False, True]


def test_a_huge_tree_is_not_looked_at(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ENTRIES_LIMIT", 3)
    workspace = open_path(project)

    stale = staleness.check(workspace)

    assert stale is not None
    assert stale.total is None
    assert staleness.known(workspace) is None


def test_a_rescan_is_requested_only_where_that_is_chosen(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr("inspector_app.tasks.execute_scan", asked.append)
    workspace = open_path(project)
    (project / "orders" / "models.py").write_text("# new\n")
    staleness.check(workspace)
    assert asked == []

    preferences.save({"rescan": "automatic"})
    staleness.check(workspace)
    staleness.check(workspace)

    assert len(asked) == 1
    assert workspace.scans.filter(state=Scan.State.QUEUED).count() == 1
