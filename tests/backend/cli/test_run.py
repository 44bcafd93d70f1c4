"""djdesk run: the command's output and exit code, and the proof that follows."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from backend.cli.problems import harmless
from backend.cli.proof import proof
from backend.cli.run import exit_code
from inspector_app.models import WorkspaceTaskRun
from tests.backend.cli.asking import djdesk


def test_run_streams_and_exits_with_the_command_s_code(project: Path) -> None:
    result = djdesk("run", project, "check", "--trust")
    assert (result.returncode, result.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )

    failed = djdesk(
        "run", project, "sqlmigrate", "app_label=orders", "migration_name=0001", "--trust"
    )
    assert failed.returncode == 1


def test_run_without_trust_is_refused(project: Path) -> None:
    result = djdesk("run", project, "check")

    assert result.returncode == 2
    assert "--trust" in result.stderr


def test_run_reaches_the_network_only_where_that_is_allowed(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings = project / "shop" / "settings.py"
        call = f"create_connection({server.getsockname()!r}, 5).close()"
        settings.write_text(f"{settings.read_text()}\n__import__('socket').{call}\n")

        assert djdesk("run", project, "check", "--trust").returncode == 1
        assert djdesk("run", project, "check", "--trust", "--network").returncode == 0


def test_the_network_without_trust_is_refused(project: Path) -> None:
    result = djdesk("run", project, "check", "--network")

    assert result.returncode == 2
    assert "Add --trust" in result.stderr


def test_run_that_takes_too_long_exits_like_timeout(stubborn: Path) -> None:
    assert djdesk("run", stubborn, "check", "--trust", "--timeout", "1").returncode == 124


def test_an_interrupt_stops_the_command_in_order(stubborn: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.sidecar", "cli", "run", str(stubborn), "check", "--trust"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"waiting\n"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)

    assert process.returncode == 130


def test_run_as_json_is_one_object(project: Path) -> None:
    run = json.loads(djdesk("run", project, "check", "deploy=true", "--trust", "--json").stdout)

    assert (run["status"], run["params"]) == ("succeeded", {"deploy": True})


def test_a_run_that_printed_too_much_has_failed() -> None:
    row = WorkspaceTaskRun(status="output_limit", exit_code=None, signal=15, pid=1)

    assert exit_code(row) == 1


def test_run_tells_which_files_changed(project: Path) -> None:
    (project / "orders" / "models.py").write_text("open('written.txt', 'w').close()\n")
    result = djdesk("run", project, "check", "--trust", "--tier", "guarded")

    assert "djdesk: 1 file changed, " in result.stderr
    assert "created written.txt" in result.stderr


def test_folders_that_were_not_compared_are_said() -> None:
    row = WorkspaceTaskRun(files_changed=[], files_compared=7, files_unreadable=2, pid=1)

    assert list(proof(row))[1] == "2 folders could not be read: not known what is in there"


def test_a_file_cannot_be_named_like_a_line_of_ours() -> None:
    name = "x\ndjdesk: 0 files changed, 9 compared"
    row = WorkspaceTaskRun(
        files_changed=[{"path": name, "change": "created"}], files_compared=7, pid=1
    )

    assert all("\n" not in harmless(line) for line in proof(row))


def test_a_terminal_gets_colours_and_no_other_orders(project: Path) -> None:
    (project / "orders" / "models.py").write_text(
        "print('\\x1b[31mred\\x1b[0m \\x1b]0;owned\\x07 \\x1b[2J')\n"
    )
    reader, terminal = os.openpty()
    subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "cli", "run", str(project), "check", "--trust"],
        stdout=terminal,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    shown = os.read(reader, 65536)
    os.close(reader)
    os.close(terminal)

    assert b"\x1b[31mred\x1b[0m" in shown
    assert b"\x1b]" not in shown
    assert b"\x1b[2J" not in shown
