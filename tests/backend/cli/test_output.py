"""Where the output goes, and what is said when it cannot go there."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from backend.cli.output import write
from inspector_app.errors import Problem


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
