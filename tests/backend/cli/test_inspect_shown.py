"""djdesk inspect for people and for scripts: on a terminal, in a pipe, beside an older report."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.backend.cli.asking import djdesk
from tests.scans.test_report import validate

NEW_MODEL = "from django.db import models\n\n\nclass Order(models.Model):\n    pass\n"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def on_a_terminal(columns: int, *arguments: object, **environment: str) -> tuple[str, str]:
    """What the command shows on standard output and on standard error, each a terminal."""
    (out, out_child), (err, err_child) = pty.openpty(), pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.sidecar", "cli", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=out_child,
        stderr=err_child,
        env={**os.environ, "TERM": "xterm", "COLUMNS": str(columns), **environment},
    )
    os.close(out_child)
    os.close(err_child)
    shown = _drain(out), _drain(err)
    assert process.wait(60) == 0
    return shown


def _drain(descriptor: int) -> str:
    data = b""
    try:
        while piece := os.read(descriptor, 65536):
            data += piece
    except OSError:
        # How Linux says that nobody has the other end any more.
        pass
    finally:
        os.close(descriptor)
    return data.decode().replace("\r\n", "\n")


def test_in_a_pipe_there_are_no_colours_and_nothing_else(project: Path) -> None:
    result = djdesk("inspect", project)

    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_a_terminal_gets_colours_its_own_width_and_the_progress(project: Path) -> None:
    (project / "requirements.txt").write_text("Django==3.2.25\n")
    shown, progress = on_a_terminal(60, "inspect", project)

    assert "\x1b[33mwarning" in shown
    prose = [line for line in COLOUR.sub("", shown).splitlines() if line.startswith(" " * 10)]
    assert prose
    assert all(len(line) <= 60 for line in prose)
    assert re.search(r"Reading: \d of \d", progress)
    assert progress.endswith("\r\x1b[K")


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_refused(project: Path, environment: dict[str, str]) -> None:
    shown, _ = on_a_terminal(80, "inspect", project, **environment)

    assert "\x1b" not in shown


def test_a_file_gets_no_colours_from_a_terminal(project: Path, tmp_path: Path) -> None:
    on_a_terminal(80, "inspect", project, "-o", tmp_path / "report.txt")

    assert "\x1b" not in (tmp_path / "report.txt").read_text()


@pytest.fixture
def older(project: Path, tmp_path: Path) -> Path:
    """A report of ``project`` before it got a model."""
    target = tmp_path / "older.json"
    assert djdesk("inspect", project, "--format", "json", "-o", target).returncode == 0
    (project / "orders" / "models.py").write_text(NEW_MODEL)
    return target


@pytest.mark.parametrize("name", ["text", "md", "html"])
def test_what_changed_since_a_report_is_said_in_every_format(
    project: Path, older: Path, name: str
) -> None:
    result = djdesk("inspect", project, "--compare", older, "--format", name)

    plain = re.sub(r"<[^>]+>|[\\*]", "", result.stdout)
    assert re.search(r"\d differences", plain)
    assert re.search(r"(?:\+|added) model orders.Order", plain)


def test_the_json_report_holds_the_difference(project: Path, older: Path) -> None:
    report: dict[str, Any] = json.loads(
        djdesk("inspect", project, "--compare", older, "--format", "json").stdout
    )

    validate(report)
    assert report["difference"]["kinds"][0]["added"][0]["name"] == "orders.Order"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "djdesk-report/1"}', None])
def test_a_file_that_is_no_report_is_refused(
    project: Path, tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "other.json"
    if text is not None:
        file.write_text(text)
    result = djdesk("inspect", project, "--compare", file)

    assert result.returncode == 2
    assert result.stdout == ""
    assert "Name a file that djdesk inspect --format json wrote" in result.stderr
