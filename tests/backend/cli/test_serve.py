"""djdesk serve."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.backend.cli.asking import djdesk


@pytest.mark.parametrize("words", [["serve"], []])
def test_serve_prints_an_address_that_works_once_and_stops_on_a_signal(
    project: Path, tmp_path: Path, words: list[str]
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.sidecar", "cli", *words, str(project)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJDESK_DATA_DIR": str(tmp_path)},
    )
    assert process.stdout is not None
    address = re.search(r"http://\S+", process.stdout.readline())
    assert address is not None
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(address[0]) as response:
        assert "/w/shop/" in response.url
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)

    assert process.returncode == 0


def test_serve_says_that_a_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = djdesk("serve", "--port", str(port), DJDESK_DATA_DIR=str(tmp_path))

    assert result.returncode == 2
    assert f"Port {port} is in use" in result.stderr
