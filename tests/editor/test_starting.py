from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.editor.choice import Ready
from inspector_app.editor.starting import start
from inspector_app.errors import Problem
from inspector_app.events import Event, bus
from tests.waiting import until

from .programs import editor, started

FILE = Path("/shop/a.py")


def ready(program: Path) -> Ready:
    return Ready("Zed", (str(program), "{file}:{line}"))


def test_it_is_started_on_its_own_outside_the_project(tmp_path: Path) -> None:
    program = editor(tmp_path, "zed")
    start(ready(program), FILE, 7)
    said = started(program)

    assert said["argv"] == ["/shop/a.py:7"]
    assert said["session"]
    assert said["cwd"] == str(Path.home())


def test_it_gets_nothing_of_djdesks_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJDESK_JAIL", "/opt/jail")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "/opt/djdesk")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "backend.settings")
    monkeypatch.setenv("SSH_AUTH_SOCK", "/run/agent")
    program = editor(tmp_path, "zed")
    start(ready(program), FILE, 7)
    environment = started(program)["env"]

    assert not [name for name in environment if name.startswith(("DJ", "_PYI"))]
    assert environment["SSH_AUTH_SOCK"] == "/run/agent"


def test_what_cannot_be_started_is_said(tmp_path: Path) -> None:
    program = tmp_path / "zed"
    program.write_text("no program")
    program.chmod(0o755)

    with pytest.raises(Problem, match="Zed could not be started"):
        start(ready(program), FILE, 7)


def test_one_that_ends_at_once_with_an_error_is_said_to_the_pages(tmp_path: Path) -> None:
    heard: list[Event] = []
    forget = bus.listen(heard.append)
    start(ready(editor(tmp_path, "zed", exit_code=3)), FILE, 7)
    until(lambda: heard, "a problem")
    forget()

    assert heard[0].kind == "problem"
    assert heard[0].data["message"] == "Zed ended at once, with code 3."
