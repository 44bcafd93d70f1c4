"""Reading the frozen modules through one open file."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from importlib import import_module
from typing import Any


def keep_open() -> None:
    """Let the archive of modules stay open as long as this process runs.

    PyInstaller opens the executable for each module anew, so that Windows lets it be replaced
    meanwhile. That takes a twentieth of the time that imports take. For the engine and the command
    line only: a project's code may close any file that it finds open.
    """
    if sys.platform == "win32":
        return
    # PyInstaller's own, which exist in a frozen process alone.
    kinds = import_module("pyimod01_archive")
    code = (kinds.PYZ_ITEM_MODULE, kinds.PYZ_ITEM_PKG)
    pyz_archive = import_module("pyimod02_importers").pyz_archive
    opened = os.open(pyz_archive._filename, os.O_RDONLY | os.O_CLOEXEC)  # noqa: SLF001
    start = pyz_archive._start_offset  # noqa: SLF001
    whole = pyz_archive.extract

    def extract(name: str, raw: bool = False) -> Any:
        kind, offset, length = pyz_archive.toc.get(name, (None, 0, 0))
        if raw or kind not in code:
            return whole(name, raw)
        packed = os.pread(opened, length, start + offset)
        return marshal.loads(zlib.decompress(packed))  # noqa: S302 -- this program's own code

    pyz_archive.extract = extract
