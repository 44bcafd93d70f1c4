"""From asking the queue to the start of the task."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from pathlib import Path

from backend.queue import QueueRunner, WakingHuey

from .figures import Figure

TASKS = 200
MEAN_GAP_S = 0.02


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        huey = WakingHuey(filename=Path(folder) / "queue.sqlite3")
        started: list[float] = []
        done = threading.Event()

        @huey.task()  # type: ignore[untyped-decorator]
        def stamp() -> None:
            started.append(time.perf_counter())
            done.set()

        runner = QueueRunner(huey)
        runner.start()
        waits = []
        for _ in range(TASKS):
            threading.Event().wait(random.expovariate(1 / MEAN_GAP_S))
            done.clear()
            asked = time.perf_counter()
            stamp()
            done.wait(10)
            waits.append((started[-1] - asked) * 1000)
        runner.stop()
    p95 = sorted(waits)[int(len(waits) * 0.95)]
    return [
        Figure("queue dispatch, p50", "ms", waits, goal=3),
        Figure("queue dispatch, p95", "ms", [p95]),
    ]
