"""Waiting for a condition of another process, which sends no event to a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

INTERVAL_S = 0.05


def until(condition: Callable[[], T | None], what: str, seconds: float = 30.0) -> T:
    """The first true value of ``condition``; fails with ``what`` after ``seconds``."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"never happened: {what}"
        pause.wait(INTERVAL_S)
