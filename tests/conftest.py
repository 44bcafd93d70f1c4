"""What every test may use: a real project, an opened workspace, a served DJDesk, and guards."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.environment import CHECKOUT
from tests.serving import Served


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--installed", action="store_true", help="drive /usr/bin/djdesk instead of build/bin"
    )
    parser.addoption(
        "--accept",
        action="store_true",
        help="keep the screens' outlines and pictures as they are now, instead of comparing",
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A new Django project with one app, as ``startproject`` makes it."""
    return make_project(tmp_path / "shop")


def make_project(folder: Path) -> Path:
    shutil.copytree(_made_once(), folder)
    return folder


@functools.cache
def _made_once() -> Path:
    folder = Path(os.environ["DJDESK_DATA_DIR"]) / "startproject"
    folder.mkdir()
    for arguments in (["startproject", "shop", "."], ["startapp", "orders"]):
        subprocess.run(
            [sys.executable, "-m", "django", *arguments],
            cwd=folder,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    settings = folder / "shop" / "settings.py"
    text = settings.read_text()
    settings.write_text(text.replace("INSTALLED_APPS = [", "INSTALLED_APPS = [\n    'orders',"))
    return folder


@pytest.fixture
def sample() -> Path:
    return CHECKOUT / "inspector_app" / "sample"


@pytest.fixture
def unchanged() -> Iterator[Callable[[Path], None]]:
    """Call it with a folder: the test fails if anything in there is different at its end."""
    before: dict[Path, dict[str, tuple[int, int, bytes]]] = {}

    def watch(folder: Path) -> None:
        before[folder] = _contents(folder)

    yield watch
    for folder, contents in before.items():
        assert _contents(folder) == contents, f"{folder} was changed"


def _contents(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A sidecar process of its own, as the window starts it."""
    with Served(tmp_path / "served-data") as running:
        yield running


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    """Every process that a test starts must be gone at its end."""
    before = set(psutil.Process().children(recursive=True))
    yield
    left = [
        process
        for process in psutil.Process().children(recursive=True)
        if process not in before and not _belongs_to_the_session(process)
    ]
    _, alive = psutil.wait_procs(left, timeout=10)
    for process in alive:
        process.kill()
    assert not alive, f"left over: {[process.cmdline() for process in alive]}"


def _belongs_to_the_session(process: psutil.Process) -> bool:
    """Playwright keeps its driver and browser for the whole session."""
    try:
        lineage = [process, *process.parents()]
        return any("playwright" in " ".join(one.cmdline()) for one in lineage[:-2])
    except psutil.NoSuchProcess:
        return True


@pytest.fixture
def stubborn(project: Path) -> Path:
    """A project whose ``check`` starts a grandchild in another session, and never ends."""
    shutil.copy(CHECKOUT / "tests" / "runs" / "stubborn_checks.py", project / "orders" / "apps.py")
    return project
