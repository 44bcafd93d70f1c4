"""The folder that a command works in: its own, and gone afterwards."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from tests.backend.cli.asking import djdesk


def test_what_a_killed_command_left_is_removed_by_the_next(project: Path, tmp_path: Path) -> None:
    folders = tmp_path / f"djdesk-{os.getuid()}"
    folders.mkdir(mode=0o700)
    for name in ("dead", "alive", "new"):
        (folders / name).mkdir()
        (folders / name / "lock").touch()
    for name in ("dead", "alive"):
        os.utime(folders / name / "lock", (0, 0))
    with (folders / "alive" / "lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        djdesk("inspect", project, TMPDIR=str(tmp_path))

    assert sorted(path.name for path in folders.iterdir()) == ["alive", "new"]


def test_nothing_but_its_own_is_swept(project: Path, tmp_path: Path) -> None:
    shop = project.rename(tmp_path / "djdesk-shop")
    (shop / "lock").touch()
    os.utime(shop / "lock", (0, 0))

    assert djdesk("inspect", shop, TMPDIR=str(tmp_path)).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["djdesk-shop"]


def test_a_refused_command_leaves_nothing_behind(tmp_path: Path) -> None:
    assert djdesk("inspect", tmp_path / "gone", TMPDIR=str(tmp_path)).returncode == 3
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_folder_that_others_may_look_into_is_refused(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / f"djdesk-{os.getuid()}").mkdir(mode=0o755)
    result = djdesk("inspect", project, TMPDIR=str(tmp_path))

    assert result.returncode == 2
    assert "others may look into it" in result.stderr


def test_one_shot_commands_leave_the_data_directory_alone(project: Path, tmp_path: Path) -> None:
    djdesk("inspect", project, DJDESK_DATA_DIR=str(tmp_path / "data"))

    assert not (tmp_path / "data").exists()
