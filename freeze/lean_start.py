"""A runtime hook: it comes before PyInstaller's own, which import some of what is left out."""

from __future__ import annotations

import os
import sys

from backend import sidecar

if not sidecar.stands_in_for_python(sys.argv[1:]):
    from backend import regexes

    regexes.use(os.path.join(sys._MEIPASS, regexes.FILE))  # type: ignore[attr-defined]  # noqa: PTH118, SLF001
    from backend import lean
    from freeze import open_archive

    open_archive.keep_open()
    lean.make_lean()
