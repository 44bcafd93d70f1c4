"""Runs in a real sidecar: its own process, queue, workers, launcher and stream of events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.runs.project import Gate, when_loaded
from tests.serving import Served


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    yield gate
    gate.close()


@pytest.fixture
def slug(served: Served, project: Path) -> str:
    return served.open_trusted(project)


def started(served: Served, slug: str, preset: str = "check", **body: Any) -> int:
    status, run = served.post("/api/task-runs/", {"workspace": slug, "preset": preset, **body})
    assert status == 201, run
    return int(run["id"])


def ended(served: Served, run_id: int) -> dict[str, Any]:
    answer = served.wait_until(f"/api/task-runs/{run_id}/", lambda run: run["finished_at"])
    assert isinstance(answer, dict)
    return answer


def texts(log: dict[str, Any]) -> list[str]:
    return [line["text"] for line in log["lines"]]


def events(served: Served, last_id: int | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the stream says, from the moment this is called."""
    headers = {} if last_id is None else {"Last-Event-ID": str(last_id)}
    response = served.stream("/events/", headers)

    def read() -> Iterator[tuple[str, dict[str, Any]]]:
        kind = ""
        with response:
            for raw in response:
                name, _, value = raw.decode().rstrip("\n").partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    yield kind, json.loads(value)

    return read()


def test_output_is_on_the_page_while_the_command_still_runs(
    served: Served, slug: str, project: Path, gate: Gate
) -> None:
    when_loaded(project, f"print('first', flush=True)\n{gate.code}\nprint('second')")
    run_id = started(served, slug)
    log = served.wait_until(f"/api/task-runs/{run_id}/log/", lambda log: log["total"])
    run = served.get_json(f"/api/task-runs/{run_id}/")

    assert (texts(log), log["complete"]) == (["first"], False)
    assert (run["status"], run["lines"], run["bytes"]) == ("running", 1, 6)
    assert run["tier"] != "auto"
    gate.open()
    assert ended(served, run_id)["status"] == "succeeded"
    assert texts(served.get_json(f"/api/task-runs/{run_id}/log/"))[:2] == ["first", "second"]


def test_an_unfinished_line_is_on_the_page_while_the_command_still_runs(
    served: Served, slug: str, project: Path, gate: Gate
) -> None:
    when_loaded(project, f"print('10 %\\r20 %', end='', flush=True)\n{gate.code}\nprint(' done')")
    run_id = started(served, slug)
    log = served.wait_until(f"/api/task-runs/{run_id}/log/", lambda log: log["total"])

    assert texts(log) == ["20 %"]
    gate.open()
    ended(served, run_id)
    assert texts(served.get_json(f"/api/task-runs/{run_id}/log/"))[0] == "20 % done"


def test_the_stream_tells_a_run_from_its_start_to_its_end(
    served: Served, slug: str, project: Path, gate: Gate
) -> None:
    when_loaded(project, f"print('first', flush=True)\n{gate.code}\nprint('second')")
    stream = events(served)
    run_id = started(served, slug)
    states, counts, logs = [], [], []
    for kind, data in stream:
        if kind == "run" and data["id"] == run_id:
            states.append(data["status"])
        elif kind == "log" and data["run"] == run_id:
            logs.append(data)
            gate.open()
        elif kind == "activity":
            counts.append((data["running"], data["queued"], data["text"]))
            if states[-1:] == ["succeeded"]:
                break

    assert list(dict.fromkeys(states)) in (
        ["queued", "running", "succeeded"],
        # The row was already claimed when it was first read.
        ["running", "succeeded"],
    )
    beginning = logs[0].pop("beginning")
    assert logs[0] == {"run": run_id, "lines": 1, "bytes": 6}
    assert texts(beginning) == ["first"]
    assert "beginning" not in logs[1]
    assert (1, 0, "1 running") in counts
    assert counts[-1] == (0, 0, "Ready, last: check, exit 0")


def test_two_commands_run_at_once_and_a_third_waits(
    served: Served, slug: str, project: Path, gate: Gate
) -> None:
    when_loaded(project, f"print('here', flush=True)\n{gate.code}")
    first, second, third = (started(served, slug) for _ in range(3))
    for run_id in (first, second):
        served.wait_until(f"/api/task-runs/{run_id}/log/", lambda log: log["total"])
    status = served.get_json(f"/api/workspaces/{slug}/status/")

    assert (status["engine"]["running"], status["engine"]["queued"]) == (2, 1)
    code, cancelled = served.post(f"/api/task-runs/{third}/cancel/", {})
    assert (code, cancelled["status"]) == (200, "cancelled")
    assert cancelled["message"] == "Cancelled before it started."
    gate.open()
    assert [ended(served, one)["status"] for one in (first, second)] == ["succeeded"] * 2
    assert served.get_json(f"/api/task-runs/{third}/")["started_at"] is None


def test_a_higher_limit_starts_what_waits(
    served: Served, slug: str, project: Path, gate: Gate
) -> None:
    when_loaded(project, f"print('here', flush=True)\n{gate.code}")
    served.post("/api/preferences/", {"parallel": 1})
    runs = [started(served, slug) for _ in range(3)]
    served.wait_until(f"/api/task-runs/{runs[0]}/log/", lambda log: log["total"])
    assert served.get_json(f"/api/task-runs/{runs[2]}/")["queue"]["position"] == 2
    served.post("/api/preferences/", {"parallel": 3, "parallel_workspace": 3})

    for run_id in runs:
        served.wait_until(f"/api/task-runs/{run_id}/log/", lambda log: log["total"])
    gate.open()
    for run_id in runs:
        ended(served, run_id)


def test_what_waits_starts_when_a_run_ends(
    served: Served, slug: str, project: Path, gate: Gate
) -> None:
    when_loaded(project, gate.code)
    served.post("/api/preferences/", {"parallel": 1})
    runs = [started(served, slug) for _ in range(4)]
    gate.open()

    times = [ended(served, run_id) for run_id in runs]
    starts = [run["started_at"] for run in times]
    ends = [run["finished_at"] for run in times]
    assert starts == sorted(starts)
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


def test_numbers_are_given_once_however_many_ask(served: Served, slug: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda _: served.post("/api/task-runs/", {"workspace": slug, "preset": "check"}),
                range(8),
            )
        )

    assert [status for status, _ in answers] == [201] * 8
    assert sorted(run["number"] for _, run in answers) == list(range(2, 10))
    for _, run in answers:
        ended(served, run["id"])


def test_what_waited_when_the_engine_died_runs_at_the_next_start(
    project: Path, tmp_path: Path, gate: Gate
) -> None:
    with Served(tmp_path / "data") as first:
        slug = first.open_trusted(project)
        when_loaded(project, f"print('here', flush=True)\n{gate.code}")
        running = [started(first, slug) for _ in range(2)]
        waiting = started(first, slug, "diffsettings")
        for run_id in running:
            first.wait_until(f"/api/task-runs/{run_id}/log/", lambda log: log["total"])
        first.process.kill()
        first.process.wait()
    when_loaded(project, "pass")
    with Served(tmp_path / "data") as second:
        second.open_first_page()
        assert [ended(second, one)["status"] for one in running] == ["lost"] * 2
        assert ended(second, waiting)["status"] == "succeeded"
        lost = second.get_json(f"/api/task-runs/{running[0]}/log/")
        assert (texts(lost), lost["complete"]) == (["here"], True)


def test_the_next_start_ends_what_an_engine_and_its_launchers_killed_at_once_left(
    project: Path, tmp_path: Path
) -> None:
    """Without namespaces nobody is left who could end what left its parent and its session."""
    with Served(tmp_path / "data") as first:
        slug = first.open_trusted(project)
        when_loaded(
            project,
            """
            if os.fork() == 0:
                os.setsid()
                if os.fork():
                    os._exit(0)
                print("grandchild", flush=True)
                signal.pause()
            signal.pause()
            """,
        )
        run_id = started(first, slug, tier="write-blocked")
        first.wait_until(f"/api/task-runs/{run_id}/log/", lambda log: log["total"])
        engine = psutil.Process(first.process.pid)
        launchers = [p for p in engine.children(recursive=True) if "djdesk-jail" in p.name()]
        for process in (engine, *launchers):
            process.suspend()
        for process in (engine, *launchers):
            process.kill()
        first.process.wait()
    commands = [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == str(project)]
    assert commands
    with Served(tmp_path / "data") as second:
        second.open_first_page()

        _, alive = psutil.wait_procs(commands, timeout=15)
        assert alive == []
        assert second.get_json(f"/api/task-runs/{run_id}/")["status"] == "lost"


def test_a_run_that_has_ended_cannot_be_cancelled(served: Served, slug: str) -> None:
    run_id = started(served, slug)
    before = ended(served, run_id)
    status, answer = served.post(f"/api/task-runs/{run_id}/cancel/", {})

    assert (status, answer["error"]["code"]) == (409, "run_ended")
    assert served.get_json(f"/api/task-runs/{run_id}/") == before


def test_a_cancelled_run_says_so_everywhere(
    served: Served, slug: str, project: Path, gate: Gate
) -> None:
    when_loaded(project, f"print('here', flush=True)\n{gate.code}")
    run_id = started(served, slug)
    served.wait_until(f"/api/task-runs/{run_id}/log/", lambda log: log["total"])
    served.post(f"/api/task-runs/{run_id}/cancel/", {})
    run = ended(served, run_id)

    message = "Stopped by you; 1 process was ended."
    assert (run["status"], run["signal"], run["message"]) == ("cancelled", 15, message)
    last = served.get_json(f"/api/task-runs/{run_id}/log/")["lines"][-1]
    assert (last["stream"], last["text"]) == ("djdesk", f"DJDesk: {message}")
