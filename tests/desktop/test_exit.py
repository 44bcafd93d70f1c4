from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.waiting import until

from .window import Program

pytestmark = pytest.mark.desktop
Start = Callable[..., Program]


def xdotool(*arguments: str) -> str:
    tool = shutil.which("xdotool") or "xdotool"
    result = subprocess.run([tool, *arguments], capture_output=True, text=True, check=False)
    return result.stdout.strip()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_everything_in_order(start: Start, number: signal.Signals) -> None:
    program = start()
    program.wait_for_engine()
    program.process.send_signal(number)

    program.wait_until_all_gone()


def test_a_killed_window_leaves_nothing_behind(start: Start) -> None:
    program = start()
    program.wait_for_engine()
    program.process.kill()

    program.wait_until_all_gone()


def test_closing_the_window_ends_everything(start: Start) -> None:
    program = start()
    program.wait_for_engine()
    window = until(
        lambda: xdotool("search", "--onlyvisible", "--name", "DJDesk"), "a visible window"
    ).splitlines()[-1]
    # The message of the title bar's button; a key would depend on who has the focus by then.
    close = shutil.which("wmctrl") or "wmctrl"
    subprocess.run([close, "-i", "-c", window], check=True)

    program.wait_until_all_gone()
    assert program.process.wait(20) == 0


def test_a_second_start_hands_its_folder_over_and_ends(start: Start, project: Path) -> None:
    first = start()
    first.wait_for_engine()
    second = start(str(project))

    assert second.process.wait(20) == 0
    until(
        lambda: xdotool("search", "--onlyvisible", "--name", "shop"),
        "the folder opened in the first window",
    )
    first.process.terminate()
    first.wait_until_all_gone()
