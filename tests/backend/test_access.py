from __future__ import annotations

import http.client
import json
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from backend import access
from backend.access import Door
from tests.serving import Served


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that nobody has entered."""
    with Served(tmp_path_factory.mktemp("shut")) as running:
        yield running


def refusal(served: Served, path: str, method: str = "GET") -> urllib.error.HTTPError:
    request = urllib.request.Request(served.base + path, method=method)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    return caught.value


def raw(served: Served, head: str) -> bytes:
    """Send a request as it is; returns the whole answer."""
    port = int(served.base.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(head.encode() + b"Connection: close\r\n\r\n")
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_entrance_works_once(served: Served) -> None:
    served.open_first_page()

    with refusal(served, served.enter.removeprefix(served.base)) as error:
        assert error.code == 403
        assert "used before" in error.read().decode()


def test_the_cookie_is_for_this_server_alone(served: Served) -> None:
    connection = http.client.HTTPConnection(served.base.removeprefix("http://"))
    connection.request("GET", served.enter.removeprefix(served.base))
    response = connection.getresponse()
    cookie = response.getheader("Set-Cookie", "")
    connection.close()

    assert response.status == 303
    assert re.match(r"djdesk-[0-9a-f]{16}=[\w-]{43};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_preview_of_the_link_does_not_use_it_up(served: Served) -> None:
    with refusal(served, served.enter.removeprefix(served.base), "HEAD") as error:
        assert error.code == 405

    assert served.open_first_page() == f"{served.base}/"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api/workspaces/",
        "/events/",
        "/static/inspector_app/css/main.css",
        "/docs/",
        "/w/shop/",
        "/enter",
        "/enter/x/y/",
        "/enter//",
        "/no/such/page",
    ],
)
def test_nothing_is_answered_without_the_cookie(shut: Served, path: str) -> None:
    with refusal(shut, path) as error:
        assert error.code == 403
        assert error.headers["Set-Cookie"] is None


def test_a_refusal_is_a_sentence_and_says_the_way_in(shut: Served) -> None:
    with refusal(shut, "/w/shop/") as error:
        text = error.read().decode()

    assert "This page belongs to a DJDesk window." in text
    assert "djdesk serve" in text


def test_a_refusal_of_the_api_is_an_error_object(shut: Served) -> None:
    with refusal(shut, "/api/workspaces/") as error:
        assert json.loads(error.read())["error"]["code"] == "not_admitted"


@pytest.mark.parametrize("path", ["/", "/api/workspaces/", "/enter/x/"])
def test_the_policy_is_on_every_answer(shut: Served, path: str) -> None:
    with refusal(shut, path) as error:
        assert "default-src 'none'" in error.headers["Content-Security-Policy"]
        assert error.headers["X-Content-Type-Options"] == "nosniff"


def test_a_wrong_cookie_is_refused(served: Served) -> None:
    served.open_first_page()
    name = next(cookie.name for cookie in served._cookies if cookie.name.startswith("djdesk-"))
    request = urllib.request.Request(f"{served.base}/", headers={"Cookie": f"{name}=guess"})

    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    with caught.value as error:
        assert error.code == 403


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_host_name_is_refused(shut: Served, host: str) -> None:
    answer = raw(shut, f"GET / HTTP/1.1\r\nHost: {host}\r\n")

    assert answer.startswith(b"HTTP/1.1 421 ")


def test_a_request_without_a_host_is_refused(shut: Served) -> None:
    assert b" 421 " in raw(shut, "GET / HTTP/1.0\r\n").partition(b"\r\n")[0]


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_entrance_leads_to_local_pages_only(served: Served, target: str) -> None:
    with served._opener.open(f"{served.enter}?next={target}") as response:
        assert response.url == f"{served.base}/"


def test_the_entrance_leads_to_the_page_that_was_asked_for(served: Served) -> None:
    with served._opener.open(f"{served.enter}?next=/api/workspaces/") as response:
        assert response.url == f"{served.base}/api/workspaces/"


def test_a_post_without_the_csrf_token_is_refused(served: Served) -> None:
    served.open_first_page()
    request = urllib.request.Request(f"{served.base}/api/sample/", b"{}")

    status, body = served._send(request)

    assert status == 403
    assert json.loads(body)["error"]["code"] == "csrf_failed"


def test_only_loopback_is_listened_on(shut: Served) -> None:
    port = int(shut.base.rpartition(":")[2])
    try:
        host = socket.gethostbyname(socket.gethostname())
    except socket.gaierror:
        host = ""
    if not host or host.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((host, port), timeout=2)


class TestDoor:
    def test_a_token_is_worth_a_minute(self, monkeypatch: pytest.MonkeyPatch) -> None:
        door = Door()
        early, late = (door.issue().split("/")[2] for _ in range(2))
        issued = time.monotonic()

        monkeypatch.setattr(time, "monotonic", lambda: issued + access.ENTER_VALID_S - 1)
        assert door.redeem(early)
        monkeypatch.setattr(time, "monotonic", lambda: issued + access.ENTER_VALID_S + 1)
        assert not door.redeem(late)

    def test_several_windows_may_enter(self) -> None:
        door = Door()
        tokens = [door.issue().split("/")[2] for _ in range(3)]

        assert all(door.redeem(token) for token in tokens)

    def test_no_two_servers_share_a_secret(self) -> None:
        assert Door().cookie_name != Door().cookie_name
