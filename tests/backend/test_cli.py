from __future__ import annotations

import fcntl
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
import pytest

from backend.cli.output import write
from backend.cli.problems import harmless
from backend.cli.proof import proof
from backend.cli.run import exit_code
from inspector_app.commands.presets import PRESETS
from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun


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


@pytest.mark.parametrize(
    ("ending", "title"),
    [
        ("sys.exit(7)", "The project ended itself with “7” while it was loaded"),
        ("os._exit(0)", "The project ended its own process while its apps were loaded (os._exit"),
        ("os.kill(os.getpid(), 11)", "The project's process was ended by SIGSEGV while its apps"),
    ],
)
def test_fail_on_fails_where_the_checks_gave_no_result(
    project: Path, ending: str, title: str
) -> None:
    (project / "orders" / "models.py").write_text(f"import os, sys\n{ending}\n")
    result = djdesk("inspect", project, "--trust", "--fail-on", "error")

    assert result.returncode == 1
    assert title in result.stdout


def test_fail_on_without_trust_says_what_it_cannot_know(project: Path) -> None:
    result = djdesk("inspect", project, "--fail-on", "error")

    assert result.returncode == 0
    assert "Add --trust" in result.stderr


def test_a_variable_that_the_settings_ask_for_is_named(project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "\nimport os\nKEY = os.environ['SHOP_STAGE']\n")
    result = djdesk("inspect", project, "--trust", SHOP_STAGE="dev")

    assert "The environment variable SHOP_STAGE is not set" in " ".join(result.stdout.split())


def test_run_tells_which_files_changed(project: Path) -> None:
    (project / "orders" / "models.py").write_text("open('written.txt', 'w').close()\n")
    result = djdesk("run", project, "check", "--trust", "--tier", "guarded")

    assert "djdesk: 1 file changed, " in result.stderr
    assert "created written.txt" in result.stderr


def test_a_run_that_printed_too_much_has_failed() -> None:
    row = WorkspaceTaskRun(status="output_limit", exit_code=None, signal=15, pid=1)

    assert exit_code(row) == 1


def test_folders_that_were_not_compared_are_said() -> None:
    row = WorkspaceTaskRun(files_changed=[], files_compared=7, files_unreadable=2, pid=1)

    assert list(proof(row))[1] == "2 folders could not be read: not known what is in there"


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
    ],
)
def test_bad_usage_exits_with_two_and_no_traceback(project: Path, arguments: list[str]) -> None:
    result = djdesk(*[str(project) if word == "PROJECT" else word for word in arguments])

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stderr


def test_a_word_that_is_neither_command_nor_folder_is_said() -> None:
    result = djdesk("shpo")

    assert result.returncode == 2
    assert result.stderr.startswith("djdesk: shpo is neither a command nor a folder that exists.\n")
    assert "inspect, search" in result.stderr


@pytest.mark.parametrize(("words", "usage"), [([], "djdesk [-h]"), (["run"], "djdesk run [-h]")])
def test_help_is_a_word_as_well(words: list[str], usage: str) -> None:
    result = djdesk("help", *words)

    assert result.returncode == 0
    assert result.stdout.startswith(f"usage: {usage}")


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


@pytest.mark.parametrize("arguments", [["--help"], ["presets"], ["inspect", "PROJECT"]])
def test_a_full_device_is_said(project: Path, arguments: list[str]) -> None:
    words = [str(project) if word == "PROJECT" else word for word in arguments]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "backend.sidecar", "cli", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (result.returncode, result.stderr) == (
        1,
        "djdesk: the output could not be written: No space left on device.\n",
    )


def test_a_closed_standard_output_is_said(project: Path) -> None:
    line = f"{shlex.quote(sys.executable)} -m backend.sidecar cli inspect {project} >&-"
    result = subprocess.run(["sh", "-c", line], stderr=subprocess.PIPE, text=True, check=False)

    assert (result.returncode, result.stderr) == (
        1,
        "djdesk: the output could not be written: it is closed.\n",
    )


def test_a_report_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("before")
    program = (
        "import resource, sys\n"
        "from backend.cli.output import write\n"
        "from inspector_app.errors import Problem\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "try:\n    write(b'x' * 100, sys.argv[1])\n"
        "except Problem as problem:\n    print(problem.code)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, str(target)], capture_output=True, text=True, check=True
    )

    assert result.stdout == "not_written\n"
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_cannot_be_written_leads_to_the_option_that_named_it() -> None:
    with pytest.raises(Problem, match="Name another file with --patch"):
        write(b"", "/no/such/folder/file", "--patch")


def test_what_a_killed_command_left_is_removed_by_the_next(project: Path, tmp_path: Path) -> None:
    folders = tmp_path / f"djdesk-{os.getuid()}"
    folders.mkdir(mode=0o700)
    for name in ("dead", "alive", "new"):
        (folders / name).mkdir()
        (folders / name / "lock").touch()
    for name in ("dead", "alive"):
        os.utime(folders / name / "lock", (0, 0))
    with (folders / "alive" / "lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        djdesk("inspect", project, TMPDIR=str(tmp_path))

    assert sorted(path.name for path in folders.iterdir()) == ["alive", "new"]


def test_nothing_but_its_own_is_swept(project: Path, tmp_path: Path) -> None:
    shop = project.rename(tmp_path / "djdesk-shop")
    (shop / "lock").touch()
    os.utime(shop / "lock", (0, 0))

    assert djdesk("inspect", shop, TMPDIR=str(tmp_path)).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["djdesk-shop"]


def test_a_refused_command_leaves_nothing_behind(tmp_path: Path) -> None:
    assert djdesk("inspect", tmp_path / "gone", TMPDIR=str(tmp_path)).returncode == 3
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_folder_that_others_may_look_into_is_refused(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / f"djdesk-{os.getuid()}").mkdir(mode=0o755)
    result = djdesk("inspect", project, TMPDIR=str(tmp_path))

    assert result.returncode == 2
    assert "others may look into it" in result.stderr


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


def test_a_file_cannot_be_named_like_a_line_of_ours() -> None:
    name = "x\ndjdesk: 0 files changed, 9 compared"
    row = WorkspaceTaskRun(
        files_changed=[{"path": name, "change": "created"}], files_compared=7, pid=1
    )

    assert all("\n" not in harmless(line) for line in proof(row))


def test_one_shot_commands_leave_the_data_directory_alone(project: Path, tmp_path: Path) -> None:
    djdesk("inspect", project, DJDESK_DATA_DIR=str(tmp_path / "data"))

    assert not (tmp_path / "data").exists()


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
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = djdesk("serve", "--port", str(port), DJDESK_DATA_DIR=str(tmp_path))

    assert result.returncode == 2
    assert f"Port {port} is in use" in result.stderr
