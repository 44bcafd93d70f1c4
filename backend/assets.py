"""The pages' assets, answered before Django sees the request.

A page asks for some thirty at once. Through Django's middleware each takes several times as long,
and the window waits for all of them (docs/decisions/first-page.md).
"""

from __future__ import annotations

import mimetypes
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from backend.access import door
from backend.paths import FROZEN
from inspector_app import assets

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]

# The system's own table may be missing or wrong (Windows), and a page refuses a script of another
# type.
for _type, _suffix in (
    ("text/javascript", ".js"),
    ("text/javascript", ".mjs"),
    ("text/css", ".css"),
    ("image/svg+xml", ".svg"),
    ("font/woff2", ".woff2"),
    ("application/json", ".json"),
):
    mimetypes.add_type(_type, _suffix)

# The address of a shipped asset names the build, so it never changes behind it. In a checkout each
# page asks again whether a file was edited.
_CACHING = "max-age=31536000, immutable" if FROZEN else "no-cache"


class Assets:
    """WSGI middleware for everything below ``STATIC_URL``, with Django behind it.

    Whoever may not have an asset, or asks for one that is not there, gets Django's answer.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._prefix = settings.STATIC_URL

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        asked = environ["PATH_INFO"]
        if asked.startswith(self._prefix) and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            name = asked[len(self._prefix) :].encode("latin-1").decode("utf-8", "replace")
            found = _find(name) if door.is_meant(environ) and door.admits(environ) else None
            if found is not None:
                return _answer(environ, start_response, name, found)
        return self._application(environ, start_response)


def _find(name: str) -> tuple[bytes, str] | None:
    """An asset's bytes, and a tag that changes with them."""
    if name == assets.STYLESHEET:
        body = assets.stylesheet()
        return body, f'"{zlib.crc32(body):x}"'
    path = assets.find(name)
    return None if path is None else (path.read_bytes(), f'"{path.stat().st_mtime_ns:x}"')


def _answer(
    environ: dict[str, Any], start_response: Start, name: str, found: tuple[bytes, str]
) -> Iterable[bytes]:
    body, tag = found
    headers = [
        ("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream"),
        ("Cache-Control", _CACHING),
        ("ETag", tag),
        # A worker and a picture opened by itself have only the policy they come with.
        ("Content-Security-Policy", "default-src 'self'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
    if environ.get("HTTP_IF_NONE_MATCH") == tag:
        start_response("304 Not Modified", headers)
        return []
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
