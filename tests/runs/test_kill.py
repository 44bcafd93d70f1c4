"""The engine is killed at random moments of three runs, again and again, on one data directory."""

from __future__ import annotations

import http.client
import random
import secrets
import signal
import sqlite3
import threading
import urllib.error
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from inspector_app.runs.log import RunLog
from inspector_app.runs.scanning import SCAN
from tests.serving import Served
from tests.waiting import until

KILLS = 50
RUNS = 3
# The three runs of a round are over by then, but for the one that never ends.
LONGEST_S = 0.4
LINES = 300

# Looks like Django's, and starts in a fraction of its time. Each execution leaves a file of its own
# outside of all that is DJDesk's. The third kind of run leaves its session and never ends.
MANAGE_PY = f"""
import os, pathlib, signal, sys  # django
tags = [word for word in sys.argv if word.startswith("round")]
if tags:
    pathlib.Path({{marks!r}}, f"{{{{tags[0]}}}}={{{{os.getpid()}}}}").touch()
for number in range({LINES}):
    print("line", number, "of", *tags, flush=True)
if tags and tags[0].endswith("-2"):
    if os.fork() == 0:
        os.setsid()
    signal.pause()
"""
GONE = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)
ENDED = {"succeeded", "failed", "lost", "cancelled"}


@dataclass
class Killing:
    """What was asked for, and where it leaves its traces."""

    project: Path
    data: Path
    marks: Path
    slug: str = ""
    asked: list[str] = field(default_factory=list)

    def engine(self) -> Served:
        return Served(self.data)

    def rows(self) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self.data / "djdesk.sqlite3")) as connection:
            connection.row_factory = sqlite3.Row
            columns = "id, preset, status, argv, finished_at"
            query = f"select {columns} from inspector_workspacetaskrun order by id"  # noqa: S608
            return [dict(row) for row in connection.execute(query)]

    def row_of(self, tag: str) -> dict[str, Any]:
        (row,) = [row for row in self.rows() if f'"{tag}"' in row["argv"]]
        return row


@pytest.fixture
def killing(tmp_path: Path) -> Killing:
    project, marks = tmp_path / "quick", tmp_path / "marks"
    project.mkdir()
    marks.mkdir()
    (project / "manage.py").write_text(MANAGE_PY.format(marks=str(marks)))
    (project / "settings.py").write_text("INSTALLED_APPS = []\n")
    return Killing(project, tmp_path / "data", marks)


def test_fifty_kills_lose_no_run_and_repeat_none(killing: Killing) -> None:
    seed = secrets.randbits(32)
    print("seed", seed)
    chance = random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
    with killing.engine() as first:
        killing.slug = first.open_trusted(killing.project)
    for number in range(KILLS):
        with killing.engine() as served:
            kill_during(served, killing, number, chance.uniform(0, LONGEST_S))
        nothing_runs_in(killing.project)
        databases_are_intact(killing.data)
        logs_are_readable(killing)
    with killing.engine() as last:
        last.open_first_page()
        until(lambda: everything_has_ended(last, killing), "the end of every run")
    executions = Counter(mark.name.partition("=")[0] for mark in killing.marks.iterdir())
    statuses = {tag: killing.row_of(tag)["status"] for tag in killing.asked}

    assert len(killing.asked) > KILLS
    assert set(executions.values()) == {1}
    assert set(statuses.values()) <= ENDED
    assert {"succeeded", "lost"} <= set(statuses.values())
    done = {tag for tag, status in statuses.items() if status == "succeeded"}
    assert done <= set(executions)
    print(Counter(statuses.values()))


def kill_during(served: Served, killing: Killing, number: int, seconds: float) -> None:
    """Ask for three runs, and kill the engine ``seconds`` after the first was asked for."""
    served.open_first_page()
    timer = threading.Timer(seconds, served.process.send_signal, [signal.SIGKILL])
    timer.start()
    try:
        for which in range(RUNS):
            tag = f"round{number}-{which}"
            body = {
                "workspace": killing.slug,
                "preset": "check",
                "params": {"tags": [tag]},
                # Its mark has to reach the disk, which every other tier prevents.
                "tier": "guarded",
            }
            status, answer = served.post("/api/task-runs/", body)
            assert status == 201, answer
            killing.asked.append(tag)
    except GONE:
        # It was killed before it answered: whether there is a row then is open.
        pass
    served.process.wait(10)
    timer.join()


def nothing_runs_in(project: Path) -> None:
    until(
        lambda: not [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == str(project)],
        "the end of every process",
        10,
    )


def databases_are_intact(data: Path) -> None:
    for name in ("djdesk.sqlite3", "queue.sqlite3"):
        with closing(sqlite3.connect(data / name)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def logs_are_readable(killing: Killing) -> None:
    """What was written until the kill is there from its beginning, line by line.

    Of the last two rounds: what is older has ended, or waits.
    """
    for row in killing.rows()[-2 * RUNS :]:
        if row["preset"] == SCAN:
            continue
        log = RunLog(killing.data / "runs" / str(row["id"]))
        lines = [line for line in log.lines(1, LINES * 2) if line.stream == "stdout"]
        numbers = [line.text.split(" of")[0] for line in lines[:-1]]
        assert numbers == [f"line {number}" for number in range(len(numbers))]
        assert log.total() >= len(lines)


def everything_has_ended(served: Served, killing: Killing) -> bool:
    for row in killing.rows():
        if row["status"] == "running" and '-2"' in row["argv"]:
            # It was queued when its engine died, was started by this one, and ends by no other way.
            served.post(f"/api/task-runs/{row['id']}/cancel/", {})
    return all(row["finished_at"] for row in killing.rows())
