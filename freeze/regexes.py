"""Compile the regular expressions of all that is shipped: ``python -m freeze.regexes FILE``."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from backend import regexes

ROOT = Path(__file__).resolve().parent.parent


def write_regexes(target: Path) -> Path:
    """A file for :func:`backend.regexes.use`.

    Made by a process of its own, which has compiled nothing before, and is lean like the one that
    will read it: that decides which modules there are.
    """
    with tempfile.TemporaryDirectory() as data:
        subprocess.run(
            [sys.executable, "-OO", "-m", "freeze.regexes", str(target)],
            check=True,
            cwd=ROOT,
            env=os.environ | {"DJDESK_DATA_DIR": data},
        )
    return target


def main(target: Path) -> None:
    table = regexes.record()
    from backend import lean

    lean.make_lean()
    from backend.engine import set_up_django

    set_up_django()
    from .contents import own_modules

    for name in own_modules(ROOT):
        if not name.endswith("__main__") and ".migrations" not in name:
            importlib.import_module(name)
    regexes.write(target, table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
