"""What the sandbox costs: a command in it beside the same command alone, and comparing a tree."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from inspector_app.runs.jail import JailProcess
from inspector_app.runs.places import environments
from tests.conftest import make_project
from tests.environment import CHECKOUT
from tests.waiting import until

from .figures import Figure

LAUNCHER = CHECKOUT / "build" / "bin" / "djdesk-jail"
NOTHING = [sys.executable, "-I", "-c", "pass"]
CHECK = [sys.executable, "-B", "manage.py", "check"]
# A clock that swings by a third shows what is added only over many rounds.
ROUNDS = 100
FILES, FOLDERS = 20_000, 400
# What changed within the last two whole seconds is read as well.
SETTLED_S = 3.0


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        project = make_project(place / "small")
        added = [
            *_added("python -c pass", project, NOTHING),
            *_added("check", project, CHECK),
        ]
        compared = [_comparison(place) for _ in range(5)]
    return [
        *added,
        Figure("comparison of 20,000 files, before and after", "ms", compared, goal=150),
    ]


def _added(name: str, project: Path, argv: list[str]) -> list[Figure]:
    """Turn by turn, so that other load meets both alike."""
    alone, added = [], []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        subprocess.run(
            argv, check=True, cwd=project, stdin=subprocess.DEVNULL, capture_output=True, env={}
        )
        alone.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        _run(project, argv)
        added.append((time.perf_counter() - started) * 1000 - alone[-1])
    return [
        Figure(f"{name}, alone", "ms", alone),
        Figure(f"{name}, in copy-on-write: added", "ms", added, goal=10),
    ]


def _comparison(place: Path) -> float:
    root = place / "large"
    if not root.is_dir():
        _plant(root)
    return float(_run(root, ["/bin/true"])["manifest"]["seconds"] * 1000)


def _plant(root: Path) -> None:
    # As a project is that nobody works on at the moment: what changed lately is read as well.
    long_ago = (1_600_000_000, 1_600_000_000)
    for number in range(FOLDERS):
        folder = root / f"app_{number:03}"
        folder.mkdir(parents=True)
        for name in range(FILES // FOLDERS):
            path = folder / f"module_{name:03}.py"
            path.write_text("x = 1\n")
            os.utime(path, long_ago)
    changed = path.stat().st_ctime
    until(lambda: time.time() > changed + SETTLED_S, "a tree that did not change lately")


def _run(root: Path, argv: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        policy = {
            "v": 1, "argv": argv, "cwd": str(root), "root": str(root),
            "env": {"HOME": f"{scratch}/home"}, "timeout_s": 60.0,
            "grace_s": 1.0, "tier": "copy-on-write", "network": False, "manifest": True,
            "scratch": scratch, "divert": [str(Path.home())],
            "layer": "memory",
            "plain": [str(path) for path in environments(Path(argv[0]))],
        }  # fmt: skip
        with JailProcess(LAUNCHER, policy) as process:
            process.follow(_Silent())
        if process.ended is None or process.ended["exit"] != 0:
            raise RuntimeError(f"{process.error or process.ended}")
        return process.ended


class _Silent:
    """The bench has nobody to tell."""

    def started(self, report: dict[str, Any]) -> None:
        """Nothing to do."""

    def data(self, stream: int, data: bytes) -> None:
        """Nothing is printed."""

    def due(self) -> float | None:
        return None

    def tick(self) -> None:
        """Never due."""
