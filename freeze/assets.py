"""The pages' own scripts and styles, collected and made small: what is read is not what is sent."""

from __future__ import annotations

import subprocess
from pathlib import Path


def shrink(root: Path, static: Path) -> None:
    """Minify every script and style of ``static/inspector_app`` in place, each by itself.

    Names of modules stay, so that a page loads the same files as in a checkout.
    """
    folder = static / "inspector_app"
    files = [*folder.rglob("*.js"), *folder.rglob("*.css")]
    subprocess.run(
        [
            root / "node_modules" / ".bin" / "esbuild",
            "--minify",
            "--charset=utf8",
            "--log-level=warning",
            "--allow-overwrite",
            f"--outbase={folder}",
            f"--outdir={folder}",
            *map(str, files),
        ],
        check=True,
    )
