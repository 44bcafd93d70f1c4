"""The bus between what happens and whoever watches: one ordered, numbered stream for all windows.

A subscriber that comes back with the last id it saw gets what it missed, or a ``resync`` when the
bus no longer holds it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

KEPT = 512


@dataclass(frozen=True)
class Event:
    """One thing that happened; ``kind`` and ``data`` go to the page as they are."""

    id: int
    kind: str
    data: dict[str, Any]


class Subscription:
    """One reader of the bus. Waiting for the next event and being closed are the same wait."""

    def __init__(self, condition: threading.Condition, backlog: list[Event]) -> None:
        self._condition = condition
        self._pending: deque[Event] = deque(backlog, maxlen=KEPT)
        self._closed = False

    def next(self, timeout: float) -> Event | None:
        """The next event, or None after ``timeout`` seconds or once closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._pending or self._closed, timeout)
            if self._closed or not self._pending:
                return None
            return self._pending.popleft()

    @property
    def closed(self) -> bool:
        return self._closed

    def _offer(self, event: Event) -> None:
        if len(self._pending) == KEPT:
            # A reader this far behind is better served by reading the state anew.
            self._pending.clear()
            event = Event(event.id, "resync", {})
        self._pending.append(event)

    def _close(self) -> None:
        self._closed = True


class Bus:
    """Publish and subscribe in process; listeners run on the publisher's thread, so be quick."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._last_id = 0
        self._history: deque[Event] = deque(maxlen=KEPT)
        self._unseen: list[Event] = []
        self._subscriptions: set[Subscription] = set()
        self._listeners: list[Callable[[Event], None]] = []
        self._closed = False

    def publish(self, kind: str, data: dict[str, Any], *, keep: bool = False) -> None:
        """Hand the event to everybody; with ``keep``, to the next subscriber if there is none."""
        with self._condition:
            self._last_id += 1
            event = Event(self._last_id, kind, data)
            self._history.append(event)
            if keep and not self._subscriptions:
                self._unseen.append(event)
            for subscription in self._subscriptions:
                subscription._offer(event)  # noqa: SLF001 -- a Subscription is this bus's own half
            self._condition.notify_all()
        for listener in list(self._listeners):
            listener(event)

    @property
    def unheard(self) -> bool:
        """Whether nobody listens, and nobody is going to read what was published."""
        return self._closed and not self._listeners

    @property
    def last_id(self) -> int:
        """The newest id: what a page that is made now has seen already."""
        return self._last_id

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call ``listener`` for every later event; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def subscribe(self, last_id: int | None = None) -> Subscription:
        """Start reading after ``last_id``; without it, from now on."""
        with self._condition:
            subscription = Subscription(self._condition, self._missed(last_id))
            if self._closed:
                subscription._close()  # noqa: SLF001
            self._subscriptions.add(subscription)
            return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        with self._condition:
            self._subscriptions.discard(subscription)
            subscription._close()  # noqa: SLF001
            self._condition.notify_all()

    def close(self) -> None:
        """Nobody reads any more: ends every open stream, so that the server's threads can stop."""
        with self._condition:
            self._closed = True
            for subscription in self._subscriptions:
                subscription._close()  # noqa: SLF001
            self._condition.notify_all()

    def _missed(self, last_id: int | None) -> list[Event]:
        unseen, self._unseen = self._unseen, []
        if last_id is None or last_id == self._last_id:
            return unseen
        oldest = self._history[0].id if self._history else self._last_id + 1
        if last_id > self._last_id or last_id < oldest - 1:
            return [Event(self._last_id, "resync", {})]
        missed = [event for event in self._history if event.id > last_id]
        return [event for event in unseen if event.id <= last_id] + missed


bus = Bus()
