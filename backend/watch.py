"""From what happens to what the window shows outside the page: tray line and notifications."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inspector_app.events import Event, bus
from inspector_app.host import get_host

ENDED = frozenset({"succeeded", "failed", "timed_out", "output_limit", "lost"})
NOTABLE_S = 5.0


def tell_host() -> Callable[[], None]:
    """Start forwarding; returns what ends it."""
    return bus.listen(_forward)


def _forward(event: Event) -> None:
    if event.kind == "activity":
        get_host().activity(**event.data)
    elif event.kind == "run" and event.data["status"] in ENDED and _wanted(event.data):
        get_host().notify(
            title=f"{event.data['preset']}: {_words(event.data)}",
            body=event.data["message"] or f"Run #{event.data['number']} has ended.",
            url=event.data["url"],
        )


def _wanted(run: dict[str, Any]) -> bool:
    """Short successes are not worth an interruption; the user may want less than that."""
    from inspector_app.preferences import all_preferences

    wanted = all_preferences()["notify"]
    if wanted == "never":
        return False
    if run["status"] != "succeeded":
        return True
    return wanted == "notable" and (run["seconds"] or 0) >= NOTABLE_S


def _words(run: dict[str, Any]) -> str:
    if run["exit_code"] is not None:
        return f"exit {run['exit_code']}"
    return str(run["status"]).replace("_", " ")
