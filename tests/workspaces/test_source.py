"""Reading files of a project that may be anything, and become anything meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from inspector_app.workspaces.source import SIZE_LIMIT, Unreadable, read_bytes, start_of


def test_a_pipe_that_took_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.py")

    assert start_of(tmp_path / "settings.py", 10) == b""


def test_a_file_that_grows_meanwhile_is_read_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_bytes(b"x" * 1_000_000)

    assert start_of(tmp_path / "settings.py", 999_999) == b"x" * 999_999


def test_a_file_of_the_kernel_without_a_size_is_read_whole(tmp_path: Path) -> None:
    """Such as one that a link in the project leads to."""
    (tmp_path / "settings.py").symlink_to("/proc/self/maps")

    assert read_bytes(tmp_path / "settings.py").endswith(b"\n")


@pytest.mark.parametrize("size", [SIZE_LIMIT, SIZE_LIMIT + 1])
def test_the_limit_is_the_largest_size_that_is_read(tmp_path: Path, size: int) -> None:
    (tmp_path / "settings.py").write_bytes(bytes(size))
    if size > SIZE_LIMIT:
        with pytest.raises(Unreadable, match="larger than 2 MB"):
            read_bytes(tmp_path / "settings.py")
    else:
        assert len(read_bytes(tmp_path / "settings.py")) == size
