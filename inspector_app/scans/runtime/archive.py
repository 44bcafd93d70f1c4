"""The probe as one file: a zip that Python executes, made of readable modules when it is needed."""

from __future__ import annotations

import zipfile
from pathlib import Path

# Frozen, these are data files in the same place, and beside them what was compiled of them.
SOURCES = Path(__file__).resolve().parent.parent / "probe"
COMPILED = SOURCES / "compiled"
PACKAGE = "djdesk_probe"
_ENTRY = "__main__.py"


def write_archive(target: Path) -> None:
    """Write what ``python TARGET CHANNEL OPTIONS`` runs.

    Raises:
        OSError: it cannot be written.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for source in sorted(SOURCES.glob("*.py")):
            name = _ENTRY if source.name == _ENTRY else f"{PACKAGE}/{source.name}"
            # Without the times of files, so that the same probe is the same bytes.
            archive.writestr(zipfile.ZipInfo(name), source.read_bytes())
            compiled = COMPILED / f"{source.name}c"
            if compiled.is_file():
                # A Python that these are not for takes the source.
                archive.writestr(zipfile.ZipInfo(f"{name}c"), compiled.read_bytes())
