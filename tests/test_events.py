from __future__ import annotations

import threading

import pytest

from inspector_app.events import KEPT, Bus, Event


@pytest.fixture
def bus() -> Bus:
    return Bus()


def test_a_subscriber_reads_events_in_the_order_they_were_published(bus: Bus) -> None:
    subscription = bus.subscribe()
    bus.publish("run", {"id": 1})
    bus.publish("log", {"run": 1})

    assert [subscription.next(0), subscription.next(0)] == [
        Event(1, "run", {"id": 1}),
        Event(2, "log", {"run": 1}),
    ]


def test_a_new_subscriber_does_not_get_what_happened_before(bus: Bus) -> None:
    bus.publish("run", {})

    assert bus.subscribe().next(0) is None


def test_a_returning_subscriber_gets_what_it_missed(bus: Bus) -> None:
    for number in range(3):
        bus.publish("run", {"id": number})
    subscription = bus.subscribe(last_id=1)

    assert subscription.next(0) == Event(2, "run", {"id": 1})
    assert subscription.next(0) == Event(3, "run", {"id": 2})


@pytest.mark.parametrize("last_id", [0, 99_999])
def test_a_subscriber_that_missed_more_than_is_kept_is_told_to_read_anew(
    bus: Bus, last_id: int
) -> None:
    for number in range(KEPT + 1):
        bus.publish("run", {"id": number})

    event = bus.subscribe(last_id=last_id).next(0)

    assert event is not None
    assert event.kind == "resync"


def test_a_reader_that_falls_too_far_behind_is_told_to_read_anew(bus: Bus) -> None:
    subscription = bus.subscribe()
    for number in range(KEPT + 1):
        bus.publish("run", {"id": number})

    event = subscription.next(0)

    assert event is not None
    assert event.kind == "resync"
    assert subscription.next(0) is None


def test_waiting_ends_when_an_event_arrives(bus: Bus) -> None:
    subscription = bus.subscribe()
    got: list[Event | None] = []
    reader = threading.Thread(target=lambda: got.append(subscription.next(30)))
    reader.start()
    bus.publish("run", {})
    reader.join(5)

    assert got == [Event(1, "run", {})]


def test_closing_the_bus_ends_every_wait(bus: Bus) -> None:
    subscription = bus.subscribe()
    reader = threading.Thread(target=lambda: subscription.next(30))
    reader.start()
    bus.close()
    reader.join(5)

    assert not reader.is_alive()
    assert subscription.closed


def test_a_closed_bus_gives_closed_subscriptions(bus: Bus) -> None:
    bus.close()

    assert bus.subscribe().closed


def test_a_listener_hears_events_until_it_is_removed(bus: Bus) -> None:
    heard: list[str] = []
    stop = bus.listen(lambda event: heard.append(event.kind))
    bus.publish("run", {})
    stop()
    bus.publish("log", {})

    assert heard == ["run"]


def test_an_event_to_keep_waits_for_the_first_subscriber(bus: Bus) -> None:
    bus.publish("open", {"url": "/"}, keep=True)

    assert bus.subscribe().next(0) == Event(1, "open", {"url": "/"})
    assert bus.subscribe().next(0) is None


def test_an_event_to_keep_reaches_a_subscriber_that_asks_for_what_came_after_it(bus: Bus) -> None:
    bus.publish("problem", {"code": "no_project"}, keep=True)
    bus.publish("activity", {})
    subscription = bus.subscribe(last_id=1)

    assert subscription.next(0) == Event(1, "problem", {"code": "no_project"})
    assert subscription.next(0) == Event(2, "activity", {})


def test_the_last_id_is_that_of_the_newest_event(bus: Bus) -> None:
    bus.publish("run", {})
    bus.publish("run", {})

    assert bus.last_id == 2
