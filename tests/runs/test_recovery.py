from __future__ import annotations

import re
from pathlib import Path

import psutil

from inspector_app.models import WorkspaceTaskRun
from tests.serving import Served

Status = WorkspaceTaskRun.Status


def start_endless_check(served: Served, project: Path) -> int:
    """Start ``check`` of a stubborn project; returns the run's id once it prints."""
    served.open_first_page()
    _, opened = served.post("/api/workspaces/", {"path": str(project)})
    slug = opened["workspace"]["slug"]
    served.post(f"/api/workspaces/{slug}/trust/", {})
    status = served.wait_until(
        f"/api/workspaces/{slug}/status/", lambda status: status["runs"]["active"]
    )
    run_id = int(status["runs"]["active"][0]["id"])
    served.wait_until(f"/api/task-runs/{run_id}/log/", lambda log: log["lines"])
    return run_id


def processes_in(folder: Path) -> list[psutil.Process]:
    return [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == str(folder)]


def test_a_killed_engine_takes_its_commands_with_it(stubborn: Path, tmp_path: Path) -> None:
    with Served(tmp_path / "data") as served:
        start_endless_check(served, stubborn)
        running = processes_in(stubborn)
        assert len(running) >= 2
        served.process.kill()

        _, alive = psutil.wait_procs(running, timeout=10)
        assert alive == []


def test_a_run_of_a_killed_engine_is_lost_and_not_run_again(stubborn: Path, tmp_path: Path) -> None:
    with Served(tmp_path / "data") as first:
        run_id = start_endless_check(first, stubborn)
        first.process.kill()
        first.process.wait()
    with Served(tmp_path / "data") as second:
        second.open_first_page()
        run = second.get_json(f"/api/task-runs/{run_id}/")

        assert run["status"] == "lost"
        assert processes_in(stubborn) == []


def test_stopping_the_engine_stops_its_commands(stubborn: Path, tmp_path: Path) -> None:
    with Served(tmp_path / "data") as served:
        start_endless_check(served, stubborn)
        running = processes_in(stubborn)
        served.stop()

        _, alive = psutil.wait_procs(running, timeout=10)
        assert alive == []


def test_a_running_command_is_cancelled_with_its_whole_tree(stubborn: Path, tmp_path: Path) -> None:
    with Served(tmp_path / "data") as served:
        run_id = start_endless_check(served, stubborn)
        running = processes_in(stubborn)
        status, answer = served.post(f"/api/task-runs/{run_id}/cancel/", {})
        assert (status, answer["status"]) == (200, "cancelling")
        run = served.wait_until(
            f"/api/task-runs/{run_id}/", lambda run: run["status"] != "cancelling"
        )

        assert run["status"] == "cancelled"
        assert re.fullmatch(r"Stopped by you; [2-9] processes were ended\.", run["message"])
        _, alive = psutil.wait_procs(running, timeout=10)
        assert alive == []
