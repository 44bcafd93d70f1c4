"""The one stream of events a window listens to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from inspector_app.events import Subscription, bus

from .api import api

HEARTBEAT_S = 15.0
RETRY_MS = 500

# Each open stream holds a thread of the server. A page that is left takes up to a heartbeat to be
# noticed, so the next page of the same window names the stream that it takes the place of.
_streams: dict[str, Subscription] = {}
_lock = threading.Lock()


@api("GET")
def events(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events behind ``Last-Event-ID`` or ``?after=``; without both, from now on."""
    seen = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    last_id = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else None
    subscription = bus.subscribe(last_id)
    # backend.server tells at once that a page was left; its thread must not wait for a heartbeat.
    on_gone = request.META.get("djdesk.on_gone")
    if on_gone is not None:
        on_gone(lambda: bus.unsubscribe(subscription))
    key = request.GET.get("id", "")[:64]
    _take_place(key, request.GET.get("replaces", ""), subscription)
    return StreamingHttpResponse(
        _lines(key, subscription),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


def _take_place(key: str, replaced: str, subscription: Subscription) -> None:
    with _lock:
        old = [_streams.pop(name, None) for name in {key, replaced}]
        if key:
            _streams[key] = subscription
    for one in old:
        if one is not None:
            bus.unsubscribe(one)


def _lines(key: str, subscription: Subscription) -> Iterator[bytes]:
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
        with _lock:
            if _streams.get(key) is subscription:
                del _streams[key]
