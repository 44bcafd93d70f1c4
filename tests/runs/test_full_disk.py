"""A data directory on a disk that runs full while a command prints."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs.project import when_loaded
from tests.serving import Served


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=False
        ).returncode
    )
    if not mounted:
        pytest.skip("only root may mount a small file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_command_that_fills_the_disk_ends_with_a_sentence(
    project: Path, small_disk: Path
) -> None:
    with Served(small_disk / "data") as served:
        slug = served.open_trusted(project)
        when_loaded(project, "while True: os.write(1, b'x' * 999 + b'\\n')")
        _, asked = served.post("/api/task-runs/", {"workspace": slug, "preset": "check"})
        run = served.wait_until(f"/api/task-runs/{asked['id']}/", lambda run: run["finished_at"])

        assert run["status"] == "failed"
        assert "No space left on device" in run["message"]
        assert run["hint"] == "Free some space and run it again."
        assert run["lines"] > 100
        log = served.get_json(f"/api/task-runs/{asked['id']}/log/?from={run['lines'] - 1}")
        assert log["lines"][0]["text"] == "x" * 999
        assert served.get_json(f"/api/workspaces/{slug}/status/")["engine"]["running"] == 0
