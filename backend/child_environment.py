"""What a frozen program's launcher set for itself, taken back before anything is started."""

from __future__ import annotations

import os


def restore() -> None:
    """Undo PyInstaller's changes: our libraries must not be loaded into other programs."""
    for name in [name for name in os.environ if name.startswith("_PYI_")]:
        del os.environ[name]
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH"):
        original = os.environ.pop(f"{name}_ORIG", None)
        if original is not None:
            os.environ[name] = original
        else:
            os.environ.pop(name, None)
