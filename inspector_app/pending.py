"""A problem that arose before any page was there to show it; Home shows it once."""

from __future__ import annotations

import threading
from typing import Any

_lock = threading.Lock()
_problem: dict[str, Any] | None = None


def put(problem: dict[str, Any]) -> None:
    global _problem  # noqa: PLW0603 -- the process has one window, and so one place for this
    with _lock:
        _problem = problem


def take() -> dict[str, Any] | None:
    """The problem, which is forgotten with this call."""
    global _problem
    with _lock:
        problem, _problem = _problem, None
        return problem
