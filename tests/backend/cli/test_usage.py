"""What is asked for wrongly, of any command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.backend.cli.asking import djdesk


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
