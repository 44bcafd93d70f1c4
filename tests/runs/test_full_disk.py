"""A data directory, or a folder for temporary files, on a disk that is full or runs full."""

from __future__ import annotations

import os
import subprocess
import sys
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


def test_a_command_that_makes_too_many_files_is_ended(project: Path, small_disk: Path) -> None:
    """They take no bytes worth mentioning, and still nobody else could make a file."""
    files = "size=200m,nr_inodes=40000"
    subprocess.run(["mount", "-o", f"remount,{files}", str(small_disk)], check=True)
    makes = """
    folder = os.environ["TMPDIR"]
    for number in range(100_000):
        os.mkdir(f"{folder}/{number}")
        # The disk is looked at twice a second.
        number % 1000 or threading.Event().wait(0.05)
    """
    with Served(small_disk / "data") as served:
        slug = served.open_trusted(project)
        when_loaded(project, makes)
        _, asked = served.post("/api/task-runs/", {"workspace": slug, "preset": "check"})
        run = served.wait_until(f"/api/task-runs/{asked['id']}/", lambda run: run["finished_at"])

        assert "would have filled the disk" in run["message"]


def fill(folder: Path, *, but: int = 0) -> Path:
    """Take all of the disk that ``folder`` is on, but for some bytes."""
    filler = folder / "filler"
    filler.write_bytes(bytes(os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize - but))
    return filler


def test_what_cannot_be_stored_is_said_and_can_be_done_later(
    project: Path, small_disk: Path
) -> None:
    with Served(small_disk / "data") as served:
        slug = served.open_trusted(project)
        filler = fill(small_disk)

        status, answer = served.post(f"/api/workspaces/{slug}/scan/", {})
        assert (status, answer["error"]["code"]) == (507, "data_dir_full")
        assert answer["error"]["hint"].startswith("Free some space")
        assert served.get(f"/w/{slug}/")[0] == 200

        filler.unlink()
        assert served.post("/api/preferences/", {"theme": "dark"})[0] == 200
    assert "Traceback" not in served.errors()


@pytest.mark.parametrize("left", [100_000, 450_000])
def test_a_command_line_without_room_for_its_own_files_ends(
    project: Path, small_disk: Path, left: int
) -> None:
    fill(small_disk, but=left)
    ended = subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "cli", "run", project, "check", "--trust"],
        env={**os.environ, "TMPDIR": str(small_disk)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 2
    assert "Free some space" in ended.stderr
    assert "error in DJDesk" not in ended.stderr
