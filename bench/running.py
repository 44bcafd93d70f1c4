"""Memory and idle processor time of every process, with a project open."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import psutil

from tests.desktop.window import Program, environment
from tests.environment import CHECKOUT

from .figures import Figure

MIB = 1024 * 1024
IDLE_S = 10.0


def measure(build: Path) -> list[Figure]:
    sample = str(CHECKOUT / "inspector_app" / "sample")
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder), installed=False, driven=False)
        with Program(str(build / "bin" / "djdesk"), env, sample) as program:
            program.wait_for_engine()
            # Let the first page settle: what is idle is measured, not the start.
            psutil.cpu_percent(3)
            figures = [
                Figure(
                    f"memory (PSS): {process.name()}",
                    "MiB",
                    [process.memory_full_info().pss / MIB],
                    goal=45 if process.name().startswith("djdesk-sidecar"[:15]) else None,
                )
                for process in _family(program)
            ]
            figures.append(Figure("idle CPU, all processes", "%", [_idle(program)], goal=0.5))
            program.process.terminate()
            program.wait_until_all_gone()
    return figures


def _family(program: Program) -> list[psutil.Process]:
    program.family = [program.process, *program.process.children(recursive=True)]
    return program.family


def _idle(program: Program) -> float:
    def used() -> float:
        return sum(sum(process.cpu_times()[:2]) for process in _family(program))

    before, started = used(), time.perf_counter()
    psutil.cpu_percent(IDLE_S)
    return (used() - before) / (time.perf_counter() - started) * 100
