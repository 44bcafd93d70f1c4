"""A million lines of output, against the producer's own time to nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.environment import CHECKOUT

from .figures import Figure

if TYPE_CHECKING:
    from inspector_app.runs.log_writer import LogWriter

LINES = 1_000_000
ROUNDS = 3
PROGRAM = f"""
import sys
line = "x" * 103 + chr(10)
write = sys.stdout.write
for _ in range({LINES}):
    write(line)
"""


def measure() -> list[Figure]:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
    django.setup()
    alone, through = [], []
    for _ in range(ROUNDS):
        alone.append(_to_nowhere())
        through.append(_through_the_log())
    return [
        Figure("1M lines: producer to /dev/null", "s", alone),
        Figure("1M lines: into the log", "s", through, "producer to /dev/null", alone, goal=4),
    ]


def _to_nowhere() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _through_the_log() -> float:
    from inspector_app.runs.jail import JailProcess
    from inspector_app.runs.log_writer import LogWriter

    with tempfile.TemporaryDirectory() as folder:
        writer = LogWriter(Path(folder) / "run")
        scratch = str(Path(folder) / "scratch")
        Path(scratch).mkdir()
        policy = {
            "v": 1, "argv": [sys.executable, "-c", PROGRAM], "cwd": folder, "root": folder,
            "env": {}, "timeout_s": 120.0, "grace_s": 1.0, "tier": "auto", "network": False,
            "manifest": False, "scratch": scratch,
        }  # fmt: skip
        started = time.perf_counter()
        process = JailProcess(CHECKOUT / "build" / "bin" / "djdesk-jail", policy)
        process.follow(_IntoTheLog(writer))
        writer.close()
        taken = time.perf_counter() - started
        if writer.lines != LINES:
            raise RuntimeError(f"{writer.lines} lines arrived")
        return taken


class _IntoTheLog:
    """Writes what arrives without its secrets, as a run does, and has nobody to tell."""

    def __init__(self, writer: LogWriter) -> None:
        from inspector_app.redaction.redactor import Redactor
        from inspector_app.redaction.secret import Secret

        self._writer = writer
        secrets = [Secret(f"KEY_{number}", f"{number}-Some-Secret-Of-Mine") for number in range(5)]
        redactor = Redactor(secrets)
        self._redacted = {stream: redactor.stream() for stream in (0, 1)}

    def started(self, report: dict[str, Any]) -> None:
        """The bench has no row to fill."""

    def data(self, stream: int, data: bytes) -> None:
        self._writer.write(stream, self._redacted[stream].feed(data))

    def due(self) -> float | None:
        return None

    def tick(self) -> None:
        """Never due."""
