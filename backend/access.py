"""Who may talk to the server: one exact Host, and whoever came through a one-time URL.

The server listens on loopback, where every local program and every web page in a browser can reach
it. The Host check refuses DNS rebinding; the cookie, handed out only for a one-time URL that the
window (or the terminal) got, refuses everybody else.
"""

from __future__ import annotations

import hmac
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    parse_cookie,
)
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from inspector_app.errors import Problem

GetResponse = Callable[[HttpRequest], HttpResponse]

ENTER_VALID_S = 60.0
_ENTRANCE = re.compile(r"/enter/[\w-]+/", re.ASCII)


class Door:
    """The secrets of one server process: its cookie, and the one-time tokens not used yet."""

    def __init__(self) -> None:
        self.cookie_name = f"djdesk-{secrets.token_hex(8)}"
        self._cookie_value = secrets.token_urlsafe(32)
        self._tokens: dict[str, float] = {}
        self._lock = threading.Lock()
        self.host = ""
        self.landing = "/"

    def issue(self) -> str:
        """A path that admits whoever opens it first, within 60 seconds."""
        token = secrets.token_urlsafe(32)
        now = time.monotonic()
        with self._lock:
            self._tokens = {old: end for old, end in self._tokens.items() if end >= now}
            self._tokens[token] = now + ENTER_VALID_S
        return f"/enter/{token}/"

    def redeem(self, token: str) -> bool:
        with self._lock:
            expires = self._tokens.pop(token, None)
        return expires is not None and time.monotonic() <= expires

    def is_meant(self, environ: Mapping[str, Any]) -> bool:
        """Whether a request names the exact address that the server listens on."""
        return not self.host or environ.get("HTTP_HOST") == self.host

    def admits(self, environ: Mapping[str, Any]) -> bool:
        """Whether a request comes from whoever opened a one-time path."""
        offered = parse_cookie(environ.get("HTTP_COOKIE", "")).get(self.cookie_name, "")
        return hmac.compare_digest(offered.encode(), self._cookie_value.encode())

    def admit(self, response: HttpResponse) -> None:
        response.set_cookie(
            self.cookie_name, self._cookie_value, httponly=True, samesite="Strict", path="/"
        )


door = Door()


# Only GET: a HEAD request of something that previews links must not use the token up.
@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Swap a one-time URL for the cookie, and go where the window was heading."""
    if not door.redeem(token):
        return _refused(request, "This link was used before or is older than a minute.")
    target = request.GET.get("next", "") or door.landing
    if not (target.startswith("/") and url_has_allowed_host_and_scheme(target, None)):
        target = "/"
    response = HttpResponseRedirect(target, status=303)
    door.admit(response)
    return response


class HostMiddleware:
    """Only the exact address the server listens on is answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not door.is_meant(request.META):
            return HttpResponse("Unknown host.\n", status=421, content_type="text/plain")
        return self._get_response(request)


class WindowOnlyMiddleware:
    """Everything but the one-time entrance needs the cookie."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _ENTRANCE.fullmatch(request.path) or door.admits(request.META):
            return self._get_response(request)
        return _refused(request, "This page belongs to a DJDesk window.")


def _refused(request: HttpRequest, message: str) -> HttpResponse:
    """Without the page's context: a stranger learns nothing, not even that something runs."""
    hint = "Open DJDesk, or run “djdesk serve”, and use the address it prints."
    if request.path.startswith("/api/"):
        error = Problem("not_admitted", message, hint).as_dict()
        return JsonResponse({"error": error}, status=403)
    page = render_to_string("403.html", {"message": message, "hint": hint})
    return HttpResponse(page, status=403)
