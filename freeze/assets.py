"""The pages' own scripts and styles, collected and made small: what is read is not what is sent."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

MAIN = "main.js"

# What a module loads later, or as a worker: it stays a file of its own, under its name.
_LATER = re.compile(r'(?:import|new URL)\("(\./[^"]+\.js)"')


def shrink(root: Path, static: Path) -> None:
    """Join the modules of ``static/inspector_app`` and minify every script and style, in place.

    A module is one concern, so the first page would ask for forty, each 1 ms of the window's start.
    What pages name in their source keeps its name; what several of those share becomes a chunk.
    """
    folder = static / "inspector_app"
    tool = root / "node_modules" / ".bin" / "esbuild"
    _join_modules(tool, folder / "js")
    _minify(tool, folder)


def _join_modules(tool: Path, scripts: Path) -> None:
    with tempfile.TemporaryDirectory(dir=scripts.parent) as made:
        facts = Path(made) / "facts.json"
        subprocess.run(
            [
                *(tool, "--bundle", "--splitting", "--format=esm", "--minify", "--charset=utf8"),
                *("--log-level=warning", f"--metafile={facts}"),
                *("--outbase=.", f"--outdir={Path(made) / 'js'}"),
                *_entries(scripts),
            ],
            cwd=scripts,
            check=True,
        )
        for name in json.loads(facts.read_bytes())["inputs"]:
            if name.endswith(".js"):
                (scripts / name).unlink()
        shutil.copytree(Path(made) / "js", scripts, dirs_exist_ok=True)


def _entries(scripts: Path) -> list[str]:
    later = {
        (path.parent / name).resolve().relative_to(scripts.resolve()).as_posix()
        for path in scripts.rglob("*.js")
        for name in _LATER.findall(path.read_text("utf-8"))
    }
    return [MAIN, *sorted(later)]


def _minify(tool: Path, folder: Path) -> None:
    subprocess.run(
        [
            *(tool, "--minify", "--charset=utf8", "--log-level=warning", "--allow-overwrite"),
            *(f"--outbase={folder}", f"--outdir={folder}"),
            *folder.rglob("*.js"),
            *folder.rglob("*.css"),
        ],
        check=True,
    )
    for path in folder.rglob("*.json"):
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")), separators=(",", ":")))
