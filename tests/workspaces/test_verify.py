"""The one start of an interpreter, in the real sandbox."""

from __future__ import annotations

import platform
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import django
import pytest

from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.runs.create import create_run
from inspector_app.workspaces import trust, verify
from inspector_app.workspaces.environment import packages_of
from inspector_app.workspaces.opening import open_path
from tests.workspaces.layouts import make_manage_py, make_venv

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A project's environment, in which Django is really there."""
    root = tmp_path / "shop"
    make_manage_py(root)
    python = make_venv(root / ".venv", django="5.1")
    (packages_of(python)[0] / "django").symlink_to(Path(django.__file__).parent)
    return python


def verified(python: Path) -> Workspace:
    workspace = open_path(python.parents[2])
    assert workspace.interpreter == str(python)
    trust.grant(workspace)
    verify.verify(workspace)
    workspace.refresh_from_db()
    return workspace


def script(python: Path, text: str) -> None:
    python.unlink()
    python.write_text(f"#!/bin/sh\n{text}\n")
    python.chmod(0o755)


def test_what_it_says_goes_before_what_its_files_say(
    python: Path, unchanged: Callable[[Path], None]
) -> None:
    unchanged(python.parents[2])
    workspace = verified(python)

    assert workspace.python_version == platform.python_version()
    assert workspace.django_version == django.get_version()
    assert workspace.interpreter_problem is None
    assert open_path(workspace.root).django_version == django.get_version()


def test_nothing_is_started_before_trust(python: Path, tmp_path: Path) -> None:
    script(python, f"touch {tmp_path / 'started'}")
    workspace = open_path(python.parents[2])

    verify.verify(workspace)

    assert not (tmp_path / "started").exists()
    assert workspace.interpreter_proof == ""


def test_it_is_started_again_only_when_its_files_changed(
    python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = verified(python)
    monkeypatch.setattr(verify, "_ask", lambda _: pytest.fail("it was started again"))
    verify.verify(workspace)
    monkeypatch.undo()

    (packages_of(python)[0] / "django").unlink()
    verify.verify(workspace)

    assert workspace.interpreter_problem is not None
    assert workspace.interpreter_problem["code"] == "django_missing"


def test_one_that_hangs_is_given_up_and_nothing_is_run_with_it(
    python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "LIMIT_S", 1.0)
    script(python, "sleep 600")
    started = time.monotonic()
    workspace = verified(python)

    assert time.monotonic() - started < 10
    with pytest.raises(Problem) as caught:
        create_run(workspace, "check", {})
    assert caught.value.code == "interpreter_hangs"
    assert "did not answer within 1 s" in caught.value.message
    assert "Project setup" in caught.value.hint


def test_a_hook_that_hangs_counts_as_the_interpreter(
    python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "LIMIT_S", 1.0)
    (packages_of(python)[0] / "slow.pth").write_text("import time; time.sleep(600)\n")

    problem = verified(python).interpreter_problem

    assert problem is not None
    assert problem["code"] == "interpreter_hangs"


def test_a_script_that_is_no_python_is_named(python: Path) -> None:
    script(python, "echo I am something else >&2; exit 3")

    problem = verified(python).interpreter_problem

    assert problem is not None
    assert problem["code"] == "not_a_python"
    assert "(exit code 3): I am something else" in problem["message"]


def test_another_program_in_its_place_is_named(python: Path) -> None:
    workspace = open_path(python.parents[2])
    python.unlink()
    shutil.copy("/bin/ls", python)
    trust.grant(workspace)
    verify.verify(workspace)

    assert workspace.interpreter_problem is not None
    assert workspace.interpreter_problem["code"] == "not_a_python"


def test_a_django_that_cannot_be_imported_is_named_with_its_error(python: Path) -> None:
    package = packages_of(python)[0] / "django"
    package.unlink()
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('half installed')\n")

    problem = verified(python).interpreter_problem

    assert problem is not None
    assert problem["code"] == "django_broken"
    assert "RuntimeError: half installed" in problem["message"]


def test_another_choice_forgets_the_problem_of_the_one_before(python: Path) -> None:
    (packages_of(python)[0] / "django").unlink()
    workspace = verified(python)
    assert workspace.interpreter_problem is not None
    other = make_venv(python.parents[2] / "other", django="5.1")

    again = open_path(workspace.root, python=str(other))

    assert (again.interpreter, again.interpreter_problem) == (str(other), None)
