"""What the installer weighs, and its parts."""

from __future__ import annotations

import lzma
from pathlib import Path

from .figures import Figure

MB = 1_000_000


def measure(build: Path) -> list[Figure]:
    (package,) = (build / "dist").glob("*.deb")
    figures = [Figure("installer .deb", "MB", [package.stat().st_size / MB], goal=15)]
    parts = {
        "window": [build / "bin" / "djdesk"],
        "launcher": [build / "bin" / "djdesk-jail"],
        "engine": [path for path in (build / "sidecar").rglob("*") if path.is_file()],
    }
    for name, files in parts.items():
        data = b"".join(path.read_bytes() for path in files)
        packed = len(lzma.compress(data, preset=6))
        figures.append(Figure(f"  {name}, unpacked", "MB", [len(data) / MB]))
        figures.append(Figure(f"  {name}, xz", "MB", [packed / MB]))
    return figures
