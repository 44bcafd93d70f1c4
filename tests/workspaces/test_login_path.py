"""The login shell is a real one, with a profile of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.workspaces import login_path
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.interpreter import choose_interpreter
from inspector_app.workspaces.locators import login_shell
from tests.workspaces.layouts import make_manage_py, make_venv


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own, the PATH of a desktop, and a shell that was not asked yet."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("SHELL", "/bin/bash")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    login_path.asked.cache_clear()
    yield folder
    login_path.asked.cache_clear()


def profile(home: Path, text: str) -> None:
    (home / ".bash_profile").write_text(text)


def test_the_shell_says_the_path_that_its_profile_makes(home: Path) -> None:
    profile(home, "echo welcome\nexport PATH=/opt/mine/bin:$PATH\necho bye\n")

    assert login_path.asked().split(":")[0] == "/opt/mine/bin"
    assert login_path.search_path().startswith("/usr/bin:/bin:/opt/mine/bin")


def test_it_is_asked_once(home: Path, tmp_path: Path) -> None:
    profile(home, f"echo >> {tmp_path / 'asked'}\n")

    login_path.asked()
    login_path.asked()

    assert (tmp_path / "asked").read_text() == "\n"


def test_it_is_not_asked_where_path_came_from_a_shell(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile(home, f"echo >> {tmp_path / 'asked'}\n")
    monkeypatch.setenv("PATH", f"/usr/bin:{tmp_path}")

    assert login_path.search_path() == f"/usr/bin:{tmp_path}"
    assert not (tmp_path / "asked").exists()


def test_a_profile_that_never_ends_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_path, "LIMIT_S", 0.5)
    profile(home, "sleep 600\n")
    started = time.monotonic()

    assert login_path.asked() == ""
    assert time.monotonic() - started < 5


def test_what_a_profile_leaves_running_does_not_keep_the_answer(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login_path, "LIMIT_S", 1.0)
    profile(home, "sleep 600 &\nexport PATH=/opt/mine/bin:$PATH\n")

    assert login_path.asked().startswith("/opt/mine/bin")


@pytest.mark.parametrize("shell", ["/bin/false", "relative/bash", "/no/such/bash"])
def test_what_is_no_shell_is_not_started(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", shell)

    assert login_path.asked() == ""


def test_a_python_on_that_path_is_a_candidate(home: Path, tmp_path: Path) -> None:
    python = make_venv(tmp_path / "mine", django="5.2.4")
    profile(home, f"export PATH={python.parent}:$PATH\n")
    make_manage_py(tmp_path / "shop")
    found = Found(tmp_path / "shop", Path("manage.py"))

    assert python.parent in [one.path.parent for one in login_shell.locate(found)]
    assert choose_interpreter(found).chosen.source == "login shell"


def test_the_shell_is_not_asked_when_the_project_has_its_own_python(
    home: Path, tmp_path: Path
) -> None:
    profile(home, f"echo >> {tmp_path / 'asked'}\n")
    make_manage_py(tmp_path / "shop")
    make_venv(tmp_path / "shop" / ".venv", django="5.2.4")

    choose_interpreter(Found(tmp_path / "shop", Path("manage.py")))

    assert not (tmp_path / "asked").exists()
