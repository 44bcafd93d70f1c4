from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.queue import QueueRunner, WakingHuey


@pytest.fixture
def huey(tmp_path: Path) -> Iterator[WakingHuey]:
    queue = WakingHuey(filename=tmp_path / "queue.sqlite3")
    yield queue
    queue.storage.close()


def test_a_task_starts_without_waiting_for_a_poll(huey: WakingHuey) -> None:
    started: list[float] = []
    done = threading.Event()

    @huey.task()  # type: ignore[untyped-decorator]
    def stamp() -> None:
        started.append(time.perf_counter())
        done.set()

    runner = QueueRunner(huey)
    runner.start()
    waits = []
    for _ in range(20):
        done.clear()
        asked = time.perf_counter()
        stamp()
        assert done.wait(30)
        waits.append(started[-1] - asked)
    runner.stop()

    # Polling every 100 ms, as Huey does by itself, could not stay below its own interval.
    assert statistics.median(waits) < 0.05


def test_stopping_joins_every_thread(huey: WakingHuey) -> None:
    before = threading.active_count()
    runner = QueueRunner(huey)
    runner.start()
    assert threading.active_count() > before
    runner.stop()

    assert threading.active_count() == before


def test_a_message_outlives_the_process_that_sent_it(tmp_path: Path) -> None:
    done = threading.Event()
    sender = WakingHuey(filename=tmp_path / "queue.sqlite3")
    receiver = WakingHuey(filename=tmp_path / "queue.sqlite3")

    def work() -> None:
        done.set()

    sender.task(name="work")(work)()
    sender.storage.close()
    receiver.task(name="work")(work)
    runner = QueueRunner(receiver)
    runner.start()
    try:
        assert done.wait(30)
    finally:
        runner.stop()


def test_stopping_waits_for_the_task_that_runs(huey: WakingHuey) -> None:
    begun, finish = threading.Event(), threading.Event()
    ended: list[bool] = []

    @huey.task()  # type: ignore[untyped-decorator]
    def slow() -> None:
        begun.set()
        finish.wait(30)
        ended.append(True)

    runner = QueueRunner(huey)
    runner.start()
    slow()
    assert begun.wait(30)
    finish.set()
    runner.stop()

    assert ended == [True]
