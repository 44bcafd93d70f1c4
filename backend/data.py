"""The data directory: made for its owner only, and proved to be writable."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from inspector_app.errors import Problem
from inspector_app.workspaces.opened import is_utf8, shown

ELSEWHERE = "Make it writable, or name another one in DJDESK_DATA_DIR."
FREE_SPACE = "Free some space and start again."

_FULL = ("data_dir_full", "the disk is full", FREE_SPACE)
_QUOTA = ("data_dir_full", "the quota is used up", FREE_SPACE)
_READ_ONLY = ("data_dir_read_only", "it is on a read-only file system", ELSEWHERE)
_FORBIDDEN = ("data_dir_read_only", "writing there is not permitted", ELSEWHERE)
_KINDS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _QUOTA,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOTDIR: ("data_dir_not_a_folder", "a part of the path is a file", ELSEWHERE),
    errno.EEXIST: ("data_dir_not_a_folder", "it is a file, not a folder", ELSEWHERE),
}


def prepare(directory: Path) -> None:
    """Make ``directory`` and prove that it can be written to."""
    if not is_utf8(str(directory)):
        raise Problem(
            "data_dir_unusable",
            f"The name of the data directory {shown(directory)} is not valid UTF-8, with which "
            "no command could be isolated.",
            "Name another one in DJDESK_DATA_DIR.",
        )
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        (directory / "runs").mkdir(mode=0o700, exist_ok=True)
        probe = directory / f".write-test-{os.getpid()}"
        try:
            probe.write_bytes(b"0" * 4096)
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(directory, error) from error


def unwritable(directory: Path, error: OSError) -> Problem:
    """The problem behind an OSError on the data directory."""
    other = ("data_dir_unusable", error.strerror or "it cannot be used", ELSEWHERE)
    code, why, hint = _KINDS.get(error.errno or 0, other)
    if error.errno == errno.EEXIST and not directory.exists():
        why = "it is a link that leads nowhere"
    return Problem(code, f"DJDesk cannot write to its data directory {directory}: {why}.", hint)
