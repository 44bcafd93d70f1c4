"""Threads of the server, which are started while others ask for more at the same time."""

from __future__ import annotations

import threading

from backend.server import _Threads
from tests.waiting import until


class Waiting:
    """A request that is served until it is let go, as a stream is."""

    def __init__(self, let_go: threading.Event) -> None:
        self._let_go = let_go
        self.begun = False

    def service(self) -> None:
        self.begun = True
        self._let_go.wait()

    def cancel(self) -> None:
        """Nobody waits for it."""


class Interrupted(_Threads):
    """Others come between the count of the threads and the start of one."""

    def __init__(self, others: list[Waiting]) -> None:
        super().__init__(20)
        self.others = others

    def set_thread_count(self, count: int) -> None:
        while self.others:
            self.add_task(self.others.pop())
        super().set_thread_count(count)


def test_no_thread_ends_because_others_were_started_meanwhile() -> None:
    let_go = threading.Event()
    first, *others = (Waiting(let_go) for _ in range(4))
    threads = Interrupted(list(others))
    threads.add_task(first)
    while threads.others:
        threads.add_task(threads.others.pop())

    try:
        until(lambda: all(one.begun for one in (first, *others)), "every request is served")
        assert threads.stop_count == 0
    finally:
        let_go.set()
        threads.shutdown(timeout=5)
