from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.waiting import until

from .window import Program, close_window, xdotool

pytestmark = pytest.mark.desktop
Start = Callable[..., Program]


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
    close_window(program.process.pid)

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
