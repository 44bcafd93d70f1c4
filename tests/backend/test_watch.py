"""Which ends of commands the desktop is told about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.watch import tell_host
from inspector_app import host, preferences
from inspector_app.events import bus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What a window would be asked to say."""
    said: list[str] = []

    class Window(host.NoHost):
        def notify(self, *, title: str, body: str, url: str) -> None:  # noqa: ARG002
            said.append(title)

    host.set_host(Window())
    forget = tell_host()
    yield said
    forget()
    host.set_host(host.NoHost())


def end(status: str, seconds: float) -> None:
    code = {"succeeded": 0, "failed": 1}.get(status)
    run = {"preset": "check", "number": 1, "message": "", "url": "/w/shop/runs/1/"}
    bus.publish("run", {**run, "status": status, "seconds": seconds, "exit_code": code})


ENDS = [("succeeded", 0.1), ("succeeded", 9), ("failed", 0.1), ("cancelled", 9), ("timed_out", 60)]
FAILURES = ["check: exit 1", "check: timed out"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("notable", ["check: exit 0", *FAILURES]), ("failures", FAILURES), ("never", [])],
)
def test_the_user_says_which(told: list[str], wanted: str, said: list[str]) -> None:
    preferences.save({"notify": wanted})
    for status, seconds in ENDS:
        end(status, seconds)

    assert told == said
