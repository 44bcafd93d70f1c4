"""What the frozen engine sends to a page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import django_htmx
import pytest

from freeze.assets import shrink
from inspector_app import assets
from tests.environment import CHECKOUT

BUDGET = 250_000
SOURCES = CHECKOUT / "inspector_app" / "static"


def shrunk(folder: Path) -> Path:
    static = Path(shutil.copytree(SOURCES, folder / "static"))
    shutil.copy(CHECKOUT / "build" / "vendor" / "dagre.js", static)
    shrink(CHECKOUT, static)
    return static


def test_a_page_asks_for_few_modules_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    static = shrunk(tmp_path)
    monkeypatch.setattr(assets, "find", static.joinpath)

    assert assets.MAIN_MODULE in assets.modules()
    assert all(static.joinpath(name).is_file() for name in assets.modules())
    assert len(assets.modules()) <= 10


def weight(*paths: Path) -> int:
    return sum(path.stat().st_size for path in paths)


def test_all_assets_together_stay_within_their_budget(tmp_path: Path) -> None:
    own = [path for path in shrunk(tmp_path).rglob("*") if path.is_file()]
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"

    assert weight(*own, htmx) <= BUDGET


def test_every_module_still_finds_what_it_imports(tmp_path: Path) -> None:
    static = shrunk(tmp_path)
    scripts = static / "inspector_app" / "js"
    entries = [scripts / "main.js", scripts / "models" / "layout-worker.js"]
    tool = CHECKOUT / "node_modules" / ".bin" / "esbuild"
    bundled = subprocess.run(
        [tool, "--bundle", "--format=esm", "--log-level=warning", f"--outdir={tmp_path}", *entries],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (bundled.returncode, bundled.stderr) == (0, "")
