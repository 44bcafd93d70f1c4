from __future__ import annotations

import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing

import psutil
import pytest

from backend.server import THREADS, Server
from inspector_app.errors import Problem
from tests.serving import Served
from tests.waiting import until


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("entered")) as running:
        running.open_first_page()
        yield running


def test_pages_that_were_left_do_not_use_up_the_threads(served: Served) -> None:
    served.open_first_page()
    for _ in range(2 * THREADS):
        with served._opener.open(f"{served.base}/events/") as stream:
            stream.readline()

    assert served.get("/")[0] == 200


def test_pages_read_one_after_another_need_no_thread_each(served: Served) -> None:
    served.open_first_page()
    threads = psutil.Process(served.process.pid).num_threads()
    for _ in range(10):
        served.get("/")

    # A thread may still be about to wait when the next page is asked for.
    assert psutil.Process(served.process.pid).num_threads() <= threads + 2


def test_the_end_comes_at_once_while_pages_listen(served: Served) -> None:
    served.open_first_page()
    streams = [served._opener.open(f"{served.base}/events/") for _ in range(8)]
    for stream in streams:
        assert stream.readline().startswith(b"retry:")

    asked = time.monotonic()
    assert served.stop() == 0
    # A stream that had to be waited for would hold the end until its next heartbeat, 15 s.
    assert time.monotonic() - asked < 10
    for stream in streams:
        stream.close()


@pytest.mark.parametrize("port", [-1, 65536, 10**12])
def test_a_number_that_is_no_port_is_said(port: int) -> None:
    with pytest.raises(Problem, match=f"{port} is not a port") as caught:
        Server(None, port)

    assert caught.value.code == "port_unusable"


def test_a_taken_port_is_said() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is in use") as caught:
            Server(None, port)

    assert caught.value.code == "port_in_use"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../etc/passwd",
        "/static/%2e%2e/%2e%2e/backend/settings.py",
        "/static//etc/passwd",
        "/static/inspector_app/",
        "/static/%00",
        "/docs/../settings.py",
        "/docs/%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/docs//etc/passwd",
        "/docs/%00",
        "/docs/no-such-page.html",
    ],
)
def test_only_files_that_ship_are_served(entered: Served, path: str) -> None:
    status, body = entered.get(path)

    assert status in {400, 404}
    assert b"root:" not in body
    assert b"Traceback" not in body


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("js/live-stream.js", "text/javascript"),
        ("djdesk.css", "text/css"),
        ("img/mark.svg", "image/svg+xml"),
    ],
)
def test_assets_come_with_their_type_and_are_revalidated(
    entered: Served, name: str, kind: str
) -> None:
    url = f"{entered.base}/static/inspector_app/{name}"
    with entered._opener.open(url) as response:
        assert response.headers["Content-Type"] == kind
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        tag = response.headers["ETag"]

    again = urllib.request.Request(url, headers={"If-None-Match": tag})
    with pytest.raises(urllib.error.HTTPError) as caught:
        entered._opener.open(again)
    with caught.value as answer:
        assert answer.code == 304


def test_an_asset_is_for_the_window_alone(served: Served) -> None:
    status, _body = served.get("/static/inspector_app/djdesk.css")

    assert status == 403


def test_a_failure_in_a_page_is_a_sentence_and_in_the_log(served: Served) -> None:
    served.open_first_page()
    with closing(sqlite3.connect(served.data_dir / "djdesk.sqlite3")) as connection:
        connection.execute("DROP TABLE inspector_workspace")

    status, body = served.get("/api/workspaces/")

    assert status == 500
    assert b"internal" in body
    log = served.data_dir / "logs" / "engine.log"
    until(lambda: "OperationalError" in log.read_text(), "the traceback in the log")
