"""The display, the window manager and the programs of these tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from .window import Page, Program, environment, executable


@pytest.fixture(scope="session", autouse=True)
def window_manager() -> Iterator[None]:
    """Without one no drag starts, and no window is asked to close."""
    if "DISPLAY" not in os.environ:
        pytest.fail("run these tests with `make test-desktop`, which starts a display")
    process = subprocess.Popen(
        [shutil.which("openbox") or "openbox"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield
    process.terminate()
    process.wait()


@pytest.fixture
def installed(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--installed"))


@pytest.fixture
def command(installed: bool) -> str:
    return executable(installed=installed)


@pytest.fixture
def env(tmp_path: Path, installed: bool) -> dict[str, str]:
    return environment(tmp_path / "data", installed=installed)


@pytest.fixture
def start(command: str, env: dict[str, str]) -> Iterator[Callable[..., Program]]:
    """Start djdesk with arguments, and more environment as keywords."""
    with ExitStack() as stack:
        yield lambda *arguments, **more: stack.enter_context(
            Program(command, {**env, **more}, *arguments)
        )


@pytest.fixture
def browse(command: str, env: dict[str, str]) -> Iterator[Callable[..., Page]]:
    """Start djdesk under WebDriver."""
    with ExitStack() as stack:
        yield lambda *arguments, **more: stack.enter_context(
            Page(command, {**env, **more}, *arguments)
        )
