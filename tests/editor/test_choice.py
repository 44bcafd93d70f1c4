from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.editor import choice, programs

from .programs import editor

HOSTILE = "/shop/$(touch x); {line} `id`/-a b.py"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine with a display and no editor but those that a test makes."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(programs, "_ALSO", ())
    choice.look_again()
    yield tmp_path / "bin"
    choice.look_again()


def chosen(name: str, command: tuple[str, ...] = ()) -> choice.Ready | None:
    preferences: dict[str, Any] = {"editor": name, "editor_command": list(command)}
    return choice.editor(preferences)


def argv(ready: choice.Ready | None, file: str = "/shop/a.py", line: int = 7) -> list[str]:
    assert ready is not None
    return ready.argv(Path(file), line)


def test_the_first_that_is_found_opens_a_line(machine: Path) -> None:
    zed = editor(machine, "zed")
    editor(machine, "subl")

    assert argv(chosen("auto")) == [str(zed), "/shop/a.py:7"]


def test_without_a_display_none_is_chosen_by_itself(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zed = editor(machine, "zed")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    assert chosen("auto") is None
    assert argv(chosen("zed"))[0] == str(zed)


def test_one_that_is_not_installed_is_none() -> None:
    assert chosen("vscode") is None
    assert chosen("none") is None
    assert chosen("custom") is None


@pytest.mark.parametrize(
    ("name", "program", "arguments"),
    [
        ("vscode", "codium", ["--goto", "/shop/a.py:7"]),
        ("pycharm", "charm", ["--line", "7", "/shop/a.py"]),
        ("sublime", "subl", ["/shop/a.py:7"]),
    ],
)
def test_each_is_started_in_its_own_way(
    machine: Path, name: str, program: str, arguments: list[str]
) -> None:
    path = editor(machine, program)

    assert argv(chosen(name)) == [str(path), *arguments]


@pytest.mark.parametrize(
    ("terminal", "before"), [("gnome-terminal", ["--"]), ("xfce4-terminal", ["-x"]), ("foot", [])]
)
def test_vim_gets_a_terminal(machine: Path, terminal: str, before: list[str]) -> None:
    vim, window = editor(machine, "vim"), editor(machine, terminal)

    assert argv(chosen("vim")) == [str(window), *before, str(vim), "+7", "/shop/a.py"]


def test_the_terminal_the_user_prefers_comes_first(machine: Path) -> None:
    editor(machine, "gnome-terminal")
    xterm, vim = editor(machine, "xterm"), editor(machine, "vim")
    (machine / "x-terminal-emulator").symlink_to(xterm)

    assert argv(chosen("vim")) == [str(xterm), "-e", str(vim), "+7", "/shop/a.py"]


def test_a_terminal_that_would_ask_a_shell_is_never_used(machine: Path) -> None:
    editor(machine, "vim")
    (machine / "x-terminal-emulator").symlink_to(editor(machine, "lxterminal"))

    assert chosen("vim") is None


def test_a_program_of_the_users_own_gets_its_arguments(machine: Path) -> None:
    emacs = editor(machine, "emacsclient")

    ready = chosen("custom", ("emacsclient", "--no-wait", "+{line}", "{file}"))

    assert argv(ready) == [str(emacs), "--no-wait", "+7", "/shop/a.py"]


def test_whatever_a_file_is_called_it_stays_one_argument(machine: Path) -> None:
    zed = editor(machine, "zed")

    assert argv(chosen("zed"), HOSTILE) == [str(zed), f"{HOSTILE}:7"]


def test_what_was_installed_meanwhile_is_found(machine: Path) -> None:
    assert chosen("zed") is None
    editor(machine, "zed")

    assert list(choice.found()) == ["zed"]
    assert chosen("zed") is not None
