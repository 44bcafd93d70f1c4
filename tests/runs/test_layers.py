"""The layer that takes the writes to a project, on the disk and in memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from tests.proving import require
from tests.runs.test_jail import Recorder, followed, policy

LAYERS = ("disk", "memory")
# More than a command is to copy into memory.
LARGE = 33 << 20
SILENCED = """
import resource
try:
    resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))
except PermissionError:
    print("refused")
for path in ("created", "/dev/shm/created"):
    open(path, "w").close()
"""


@pytest.fixture
def launcher(settings: Settings) -> Path:
    require("copy-on-write")
    return Path(settings.DJDESK_JAIL)


def asked(folder: Path, layer: str, script: str) -> dict[str, Any]:
    command = policy(folder, "/bin/sh", "-c", script, tier="copy-on-write")
    return command | {"layer": layer}


@pytest.mark.parametrize("layer", LAYERS)
def test_writes_are_listed_wherever_the_layer_lies(
    launcher: Path, tmp_path: Path, layer: str
) -> None:
    script = "echo new > created; echo more >> changed; rm removed; mkdir sub; chmod 711 ."
    command = asked(tmp_path, layer, script)
    root = tmp_path / "root"
    for name in ("changed", "removed"):
        (root / name).write_text("as it was\n")
    process = followed(launcher, command, Recorder())

    assert process.ended is not None
    assert process.ended["exit"] == 0
    assert {(one["path"], one["change"]) for one in process.ended["attempted_writes"]} == {
        (".", "metadata"),
        ("changed", "modified"),
        ("created", "created"),
        ("removed", "deleted"),
        ("sub", "created"),
    }
    assert process.ended["manifest"]["changed"] == []
    assert sorted(path.name for path in root.iterdir()) == ["changed", "removed"]


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("mode", ["700", "555"])
def test_the_project_s_folder_keeps_its_mode_under_the_layer(
    launcher: Path, tmp_path: Path, layer: str, mode: str
) -> None:
    command = asked(tmp_path, layer, "stat -c %a .")
    (tmp_path / "root").chmod(int(mode, 8))
    recorder = Recorder()
    followed(launcher, command, recorder)

    assert recorder.output[0].decode().strip() == mode


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.skipif(os.getuid() != 0, reason="only root has folders of somebody else")
def test_the_project_s_folder_keeps_its_owner_under_the_layer(
    launcher: Path, tmp_path: Path, layer: str
) -> None:
    command = asked(tmp_path, layer, "stat -c %u:%g .")
    os.chown(tmp_path / "root", 1000, 1001)
    recorder = Recorder()
    followed(launcher, command, recorder)

    assert recorder.output[0].decode().strip() == "1000:1001"


@pytest.mark.parametrize("layer", LAYERS)
def test_a_command_cannot_keep_the_keeper_from_listing_its_writes(
    launcher: Path, tmp_path: Path, layer: str
) -> None:
    command = asked(tmp_path, layer, "") | {"argv": [sys.executable, "-c", SILENCED]}
    recorder = Recorder()
    process = followed(launcher, command, recorder)

    assert recorder.output == {0: b"refused\n", 1: b""}
    assert process.ended is not None
    written = {one["path"] for one in process.ended["attempted_writes"]}
    assert written >= {"created", "/dev/shm/created"}  # noqa: S108 -- it is the point


def test_a_layer_in_memory_leaves_nothing_on_the_disk(launcher: Path, tmp_path: Path) -> None:
    followed(launcher, asked(tmp_path, "memory", "echo new > created"), Recorder())

    assert sorted(path.name for path in (tmp_path / "scratch").iterdir()) == ["home", "tmp"]


def test_a_project_with_a_large_file_has_its_layer_on_the_disk(
    launcher: Path, tmp_path: Path
) -> None:
    command = asked(tmp_path, "memory", "echo more >> large")
    large = tmp_path / "root" / "large"
    with large.open("wb") as file:
        file.truncate(LARGE)
    process = followed(launcher, command, Recorder())

    assert process.ended is not None
    assert process.ended["exit"] == 0
    assert (tmp_path / "scratch" / "upper" / "large").stat().st_size == LARGE + len("more\n")
    assert large.stat().st_size == LARGE


def test_what_others_share_in_memory_is_out_of_sight(launcher: Path, tmp_path: Path) -> None:
    shared = Path("/dev/shm") / tmp_path.name  # noqa: S108 -- it is the point
    shared.write_text("of somebody else")
    recorder = Recorder()
    try:
        followed(launcher, asked(tmp_path, "memory", "ls -A /dev/shm"), recorder)
    finally:
        shared.unlink()

    assert recorder.output == {0: b"", 1: b""}


def test_writes_to_a_diverted_folder_below_another_are_listed_once(
    launcher: Path, tmp_path: Path
) -> None:
    inner = tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    command = asked(tmp_path, "memory", f"echo new > {inner}/created")
    process = followed(launcher, command | {"divert": [str(inner), str(inner.parent)]}, Recorder())

    assert process.ended is not None
    writes = [(one["path"], one["change"]) for one in process.ended["attempted_writes"]]
    assert writes == [(f"{inner}/created", "created")]
    assert list(inner.iterdir()) == []
