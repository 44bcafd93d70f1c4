from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
import pytest

from inspector_app.commands.presets import PRESETS


def djdesk(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def test_inspect_reads_without_running(project: Path, unchanged: Any) -> None:
    unchanged(project)
    result = djdesk("inspect", project)

    assert result.returncode == 0
    assert "orders" in result.stdout
    assert "not trusted" in result.stdout


def test_inspect_with_trust_reports_django_s_own_checks(project: Path) -> None:
    models = project / "orders" / "models.py"
    models.write_text(
        "from django.db import models\n"
        "class Order(models.Model):\n"
        "    tags = models.ManyToManyField('self', null=True)\n"
    )
    report = json.loads(djdesk("inspect", project, "--trust", "--format", "json").stdout)

    assert [check["id"] for check in report["checks"]["default"]] == ["fields.W340"]
    assert report["findings"][0]["file"] == "orders/models.py"
    assert report["format"] == "djdesk-report/1"


@pytest.mark.parametrize("name", ["text", "json", "md", "html"])
def test_every_format_is_written_to_a_file(project: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "report"
    result = djdesk("inspect", project, "--format", name, "-o", target)

    assert (result.returncode, result.stdout) == (0, "")
    assert "orders" in target.read_text()


def test_fail_on_makes_findings_the_exit_code(sample: Path) -> None:
    assert djdesk("inspect", sample, "--trust", "--fail-on", "warning").returncode == 1
    assert djdesk("inspect", sample, "--trust", "--fail-on", "error").returncode == 0


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


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "PROJECT", "shell", "--trust"],
        ["run", "PROJECT", "check", "settings=x", "--trust"],
        ["run", "PROJECT", "check", "deploy", "--trust"],
        ["run", "PROJECT", "check", "--trust", "--timeout", "-5"],
        ["run", "PROJECT", "check", "--trust", "--tier", "none"],
        ["export", "PROJECT", "--format", "docx", "-o", "x"],
        ["inspect", "PROJECT", "--form", "json"],
        ["nonsense"],
        [],
    ],
)
def test_bad_usage_exits_with_two_and_no_traceback(project: Path, arguments: list[str]) -> None:
    result = djdesk(*[str(project) if word == "PROJECT" else word for word in arguments])

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stderr


@pytest.mark.parametrize("path", ["/no/such/folder", "/etc/hostname", "/usr/share/doc/dpkg"])
def test_a_folder_that_is_no_project_exits_with_three(path: str) -> None:
    result = djdesk("inspect", path)

    assert result.returncode == 3
    assert "Traceback" not in result.stderr


def test_a_bad_setting_is_one_sentence(project: Path) -> None:
    result = djdesk("run", project, "check", "--trust", DJDESK_INSPECTOR_TASK_TIMEOUT="soon")

    assert result.returncode == 2
    assert "DJDESK_INSPECTOR_TASK_TIMEOUT is 'soon'" in result.stderr


def test_export_writes_a_valid_notebook_of_what_was_run(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "shop.ipynb"
    assert djdesk("export", project, "--format", "ipynb", "-o", target, "--trust").returncode == 0
    notebook = nbformat.read(target, as_version=4)

    nbformat.validate(notebook)
    assert any("System check identified no issues" in cell.source for cell in notebook.cells)


def test_presets_lists_the_allow_list_with_the_project_s_choices(project: Path) -> None:
    presets = json.loads(djdesk("presets", project, "--json").stdout)["presets"]

    assert [preset["name"] for preset in presets] == list(PRESETS)
    assert "orders" in presets[0]["parameters"][0]["choices"]


def test_doctor_tells_what_works_here() -> None:
    facts = json.loads(djdesk("doctor", "--json").stdout)

    assert facts["sandbox"]["guarded"].startswith("works")


def test_a_closed_pipe_is_no_error(project: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.sidecar", "cli", "inspect", str(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate()

    assert (process.returncode, errors) == (0, b"")


def test_one_shot_commands_leave_the_data_directory_alone(project: Path, tmp_path: Path) -> None:
    djdesk("inspect", project, DJDESK_DATA_DIR=str(tmp_path / "data"))

    assert not (tmp_path / "data").exists()


def test_serve_prints_an_address_that_works_once_and_stops_on_a_signal(
    project: Path, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.sidecar", "cli", "serve", str(project)],
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
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = djdesk("serve", "--port", str(port), DJDESK_DATA_DIR=str(tmp_path))

    assert result.returncode == 2
    assert f"Port {port} is in use" in result.stderr
