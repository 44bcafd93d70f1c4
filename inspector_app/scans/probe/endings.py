"""Telling where the project was when something ended the process: itself, or the deadline."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Any, Callable

from .channel import Channel
from .failures import stack

_TERMINATED = 128 + signal.SIGTERM

# The one that really ends the process: the project may replace the one in the module, as we do.
leave: Callable[[int], Any] = os._exit


def watch(channel: Channel) -> None:
    """From now on the place of an ``os._exit`` and of a SIGTERM is told first."""

    def leave_and_tell(code: int) -> None:
        if channel.is_ours():
            channel.tell({"left": {"code": _number(code), "frames": stack(sys._getframe(1))}})
        leave(code)

    def terminated(_number: int, frame: FrameType | None) -> None:
        if channel.is_ours():
            # It may have come in the middle of a message, whose line this ends.
            channel.tell_now({"interrupted": {"frames": stack(frame)}})
        leave(_TERMINATED)

    os._exit = leave_and_tell  # type: ignore[assignment]
    signal.signal(signal.SIGTERM, terminated)


def _number(code: object) -> int:
    return code if isinstance(code, int) else 1
