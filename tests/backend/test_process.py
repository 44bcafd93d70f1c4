from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from backend import database
from tests.serving import Served


def fatal(data_dir: Path, **environment: str) -> dict[str, Any]:
    """Start a sidecar that cannot start; returns what it tells the window."""
    served = Served(data_dir, environment=environment)
    message = served.wait_for("fatal")
    assert served.stop() == 3
    return message


def test_the_window_is_told_every_stage_and_then_the_address(served: Served) -> None:
    stages = [m["stage"] for m in served.messages if m["event"] == "progress"]

    assert stages == ["data", "django", "migrate", "serve"]
    assert served.messages[-1]["pid"] == served.process.pid


def test_the_end_of_the_lifeline_ends_the_engine_in_order(served: Served) -> None:
    assert served.stop() == 0


def test_the_end_comes_at_once_while_a_page_listens(served: Served) -> None:
    served.open_first_page()
    stream = served._opener.open(f"{served.base}/events/")
    assert stream.readline().startswith(b"retry:")

    assert served.stop() == 0
    stream.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_engine_in_order(served: Served, number: signal.Signals) -> None:
    served.process.send_signal(number)

    assert served.process.wait(20) == 0


def test_quit_ends_the_engine_in_order(served: Served) -> None:
    served.tell({"v": 1, "command": "quit", "grace_s": 5})

    assert served.process.wait(20) == 0


def test_junk_from_the_window_is_skipped(served: Served) -> None:
    assert served.process.stdin is not None
    served.process.stdin.write(b'\xff junk\n[]\n{"v":9}\n' + b"x" * 2_000_000 + b"\n")
    served.process.stdin.flush()
    served.tell({"v": 1, "command": "no such thing"})
    served.tell({"v": 1, "command": "open", "paths": "not a list"})

    assert served.open_first_page().startswith(served.base)


def test_a_bad_setting_is_said_to_the_window(tmp_path: Path) -> None:
    message = fatal(tmp_path, DJDESK_INSPECTOR_TASK_TIMEOUT="abc")

    assert message["code"] == "bad_setting"
    assert "'abc'" in message["text"]


def test_a_data_directory_in_use_is_said_to_the_window(served: Served) -> None:
    message = fatal(served.data_dir)

    assert message["code"] == "data_dir_in_use"
    assert str(served.process.pid) in message["text"]


def test_a_newer_database_is_said_to_the_window(served: Served) -> None:
    served.stop()
    path = served.data_dir / "djdesk.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {database.SCHEMA + 1}")

    assert fatal(served.data_dir)["code"] == "database_newer"


def test_no_greeting_is_a_quiet_end(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "backend.sidecar"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={**os.environ, "DJDESK_DATA_DIR": str(tmp_path)},
    )

    assert (result.returncode, result.stdout) == (3, b"")


def test_what_projects_print_never_reaches_the_protocol(served: Served, sample: Path) -> None:
    served.open_trusted(sample)
    served.stop()

    assert all(isinstance(message, dict) for message in served.messages)


def test_a_folder_named_at_the_start_is_the_first_page(tmp_path: Path, sample: Path) -> None:
    with Served(tmp_path / "data", open_paths=[str(sample)]) as served:
        assert "/w/" in served.open_first_page()


def test_a_bad_folder_named_at_the_start_is_said_on_home(tmp_path: Path) -> None:
    with Served(tmp_path / "data", open_paths=["/no/such/folder"]) as served:
        with served._opener.open(served.enter) as response:
            assert response.url == f"{served.base}/"
        lines = iter(served._opener.open(f"{served.base}/events/"))
        while next(lines) != b"event: problem\n":
            pass
        assert b"/no/such/folder does not exist" in next(lines)


def test_a_dropped_folder_is_opened_and_the_page_is_told(served: Served, sample: Path) -> None:
    served.open_first_page()
    stream = served._opener.open(f"{served.base}/events/")
    stream.readline()
    served.tell({"v": 1, "command": "open", "paths": [str(sample)]})

    lines = iter(stream)
    while next(lines) != b"event: open\n":
        pass
    assert json.loads(next(lines).removeprefix(b"data: "))["url"].startswith("/w/")
    stream.close()


def test_the_tray_is_told_what_runs(served: Served, sample: Path) -> None:
    served.open_trusted(sample)
    served.tell({"v": 1, "command": "quit"})
    with contextlib.suppress(AssertionError):
        served.wait_for("the end of the pipe")
    texts = [m["text"] for m in served.messages if m["event"] == "activity"]

    assert "1 running" in texts


def test_picking_a_folder_asks_the_window_and_opens_the_answer(
    served: Served, sample: Path
) -> None:
    served.open_first_page()
    assert served.post("/api/host/pick-folder/", {})[0] == 202
    request = served.wait_for("pick_folder")["request"]
    served.tell({"v": 1, "command": "picked", "request": request, "path": str(sample)})

    served.wait_until("/api/workspaces/", lambda answer: answer["workspaces"])
