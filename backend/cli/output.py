"""What a command answers: to standard output, or whole to a file."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from inspector_app.errors import Problem


def write(data: bytes, target: str | None, option: str = "-o") -> None:
    """To ``target``, which ``option`` named, or to standard output for None and "-".

    A file that is there already is replaced only once the new one is complete.
    """
    if target is None or target == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        _write_file(data, Path(target))
    except OSError as error:
        raise Problem(
            "not_written",
            f"{target} could not be written: {error.strerror}.",
            f"Name another file with {option}.",
        ) from error


def _write_file(data: bytes, target: Path) -> None:
    target = target.resolve()
    if target.exists() and not target.is_file():
        # A device or a pipe takes bytes and cannot be replaced.
        target.write_bytes(data)
        return
    part = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            if target.exists():
                part.chmod(target.stat().st_mode & 0o777)
            file.write(data)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
