"""How much time and room the reading of one rehearsal may take."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 15.0
# The text of all differences together, and how many files have one.
DIFF_BYTES = 8_000_000
DIFF_FILES = 2_000


class Budget:
    """Counts down; what no longer fits is listed without its content."""

    def __init__(self, stopped: Callable[[], bool], seconds: float = SECONDS) -> None:
        self.deadline = time.monotonic() + seconds
        self._stopped = stopped
        self._bytes = DIFF_BYTES
        self._files = DIFF_FILES

    @property
    def over(self) -> bool:
        """Whether it is time to end, because it takes long or because nobody wants it any more."""
        return time.monotonic() >= self.deadline or self._stopped()

    @property
    def spent(self) -> bool:
        """Whether there is no room for a further difference."""
        return self.over or self._bytes <= 0 or self._files <= 0

    def take(self, size: int) -> bool:
        """Whether a difference of ``size`` bytes fits; its room is taken then."""
        if self.spent or size > self._bytes:
            return False
        self._bytes -= size
        self._files -= 1
        return True
