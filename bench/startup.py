"""From the start of a process to what a person waits for, side by side with a bare window."""

from __future__ import annotations

import subprocess
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.desktop.window import Program, environment
from tests.serving import Served
from tests.waiting import until

from .figures import Figure

ROUNDS = 10


def measure(build: Path, bare_window: Path) -> list[Figure]:
    ready, loaded, bare = [], [], []
    for _ in range(ROUNDS):
        # One of each in turn, so that whatever else the machine does falls on all alike.
        ready.append(_engine_ready(build))
        loaded.append(_page_loaded(build))
        bare.append(_bare_window(bare_window))
    return [
        Figure("engine: spawn to ready", "ms", ready),
        Figure("bare Tauri window: launch to page loaded", "ms", bare),
        Figure("djdesk: launch to page loaded", "ms", loaded, "bare Tauri window", bare, goal=1.5),
    ]


def _engine_ready(build: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        executable = [str(build / "sidecar" / "djdesk-sidecar")]
        with Served(Path(folder), executable=executable):
            pass  # The first start makes the database.
        started = time.perf_counter()
        with Served(Path(folder), executable=executable):
            return (time.perf_counter() - started) * 1000


def _page_loaded(build: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(folder) / "logs"
        with Served(Path(folder), executable=[str(build / "sidecar" / "djdesk-sidecar")]):
            pass
        started = datetime.now(UTC)
        with Program(
            str(build / "bin" / "djdesk"), environment(Path(folder), installed=False, driven=False)
        ) as program:
            loaded = until(lambda: _loaded_at(logs), "a loaded page")
            program.wait_for_engine()
            program.process.terminate()
            program.wait_until_all_gone()
        return (loaded - started) / timedelta(milliseconds=1)


def _loaded_at(logs: Path) -> datetime | None:
    """When the window says that its first page was loaded, by the time of that line."""
    lines = [line for path in logs.glob("*.log") for line in path.read_text("utf-8").splitlines()]
    found = [line for line in lines if line.endswith("loaded /")]
    return datetime.fromisoformat(found[0].split()[0]) if found else None


def _bare_window(executable: Path) -> float:
    started = time.perf_counter()
    with subprocess.Popen([str(executable)], stdout=subprocess.PIPE) as process:
        if process.stdout is not None:
            process.stdout.readline()
        return (time.perf_counter() - started) * 1000
