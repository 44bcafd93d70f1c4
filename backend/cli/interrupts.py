"""Being ended by a signal with everything put away: the private data directory above all."""

from __future__ import annotations

import signal

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class Interrupted(BaseException):
    """Raised in the main thread by a signal, so that every ``finally`` and ``with`` is left."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def raise_on_signals() -> None:
    """From here on a signal raises :class:`Interrupted`, once; the clean-up is not interrupted."""
    for number in numbers():
        signal.signal(number, _interrupt)


def numbers() -> list[signal.Signals]:
    """The signals that ask a command line program to end, as far as the system has them."""
    return [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


def _interrupt(number: int, _frame: object) -> None:
    for other in numbers():
        signal.signal(other, signal.SIG_IGN)
    raise Interrupted(number)
