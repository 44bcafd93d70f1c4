"""The one stream of events a window listens to."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from inspector_app.events import Subscription, bus

from .api import api

HEARTBEAT_S = 15.0
RETRY_MS = 500


@api("GET")
def events(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events from now on, or from behind ``Last-Event-ID``."""
    raw = request.headers.get("Last-Event-ID", "")
    last_id = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 18 else None
    subscription = bus.subscribe(last_id)
    # Where the server can tell that a page was left, its stream does not wait for the next event.
    on_gone = request.META.get("djdesk.on_gone")
    if on_gone is not None:
        on_gone(lambda: bus.unsubscribe(subscription))
    return StreamingHttpResponse(
        _lines(subscription),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


def _lines(subscription: Subscription) -> Iterator[bytes]:
    try:
        yield f"retry: {RETRY_MS}\n\n".encode()
        while not subscription.closed:
            event = subscription.next(HEARTBEAT_S)
            if event is not None:
                data = json.dumps(event.data)
                yield f"id: {event.id}\nevent: {event.kind}\ndata: {data}\n\n".encode()
            elif not subscription.closed:
                # Tells a dead connection from a quiet one, on both sides.
                yield b": alive\n\n"
    finally:
        bus.unsubscribe(subscription)
