"""Throw-away folders, and what a command may leave in them."""

from __future__ import annotations

import os
from pathlib import Path

from inspector_app.runs.scratch import remove


def test_folders_nested_deeper_than_any_path_are_removed(tmp_path: Path) -> None:
    """Neither the kernel takes a path through all of them, nor Python a call for each."""
    top = tmp_path / "scratch"
    top.mkdir()
    folder = os.open(top, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("a", dir_fd=folder)
        inner = os.open("a", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.mkfifo("pipe", dir_fd=folder)
    os.close(folder)
    remove(top)

    assert not top.exists()


def test_what_a_link_leads_to_stays(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir(mode=0o500)
    (tmp_path / "scratch").mkdir()
    (tmp_path / "scratch" / "link").symlink_to(kept)
    remove(tmp_path / "scratch")

    assert kept.stat().st_mode & 0o777 == 0o500
    assert not (tmp_path / "scratch").exists()
