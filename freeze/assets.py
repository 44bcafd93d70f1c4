"""The pages' own scripts and styles, collected and made small: what is read is not what is sent."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path


def shrink(root: Path, static: Path) -> None:
    """Minify every script, style and data file of ``static/inspector_app`` in place, by itself.

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
    for data in folder.rglob("*.json"):
        short = json.dumps(json.loads(data.read_text()), ensure_ascii=False, separators=(",", ":"))
        data.write_text(short)
