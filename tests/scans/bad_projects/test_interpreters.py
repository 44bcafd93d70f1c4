"""Interpreters that are too old, lack Django, or hang."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import pytest

from inspector_app.scans.runtime import probing
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust, verify
from inspector_app.workspaces.opening import open_path
from tests.scans.version_project import make_environment
from tests.workspaces.layouts import make_venv

from .telling import failure

pytestmark = pytest.mark.django_db(transaction=True)

Unchanged = Callable[[Path], None]


@pytest.mark.projects
def test_a_python_that_is_too_old_for_its_django(project: Path) -> None:
    """It is not chosen, but it may have become so since."""
    python = make_environment(project / ".venv", "5.2", "3.9")

    found = failure(_asked_by(project, python), "python_too_old")

    assert found["title"].startswith("Django 5.2")
    assert f"needs Python 3.10, and {python} is 3.9" in found["title"]


@pytest.mark.projects
def test_a_python_that_is_too_old_to_be_asked(project: Path, report: Any) -> None:
    make_environment(project / ".venv", "3.2", "3.6")

    assert failure(report(), "python_too_old")["title"].startswith("Python 3.6")


def test_an_interpreter_without_django(project: Path, unchanged: Unchanged) -> None:
    python = make_venv(project / ".venv")
    unchanged(project)

    found = failure(_asked_by(project, python), "django_missing")

    assert found["title"] == f"{python} has no Django."


def test_an_interpreter_that_hangs_is_given_up_soon(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "LIMIT_S", 0.5)
    monkeypatch.setattr(probing, "LIMIT_S", 0.5)
    python = make_venv(project / ".venv")
    python.unlink()
    python.write_text("#!/bin/sh\nsleep 600\n")
    python.chmod(0o755)
    started = time.monotonic()

    found = failure(_asked_by(project, python), "interpreter_hangs")

    assert time.monotonic() - started < 10
    assert found["title"].startswith(f"{python} did not answer within")


def test_a_start_of_the_project_proves_its_interpreter(project: Path) -> None:
    workspace = open_path(project)
    trust.grant(workspace)
    workspace.interpreter, workspace.bundled = sys.executable, False
    workspace.save()

    scan(workspace)
    workspace.refresh_from_db()

    assert workspace.interpreter_proof == verify.fingerprint(Path(sys.executable))
    assert workspace.python_version == platform.python_version()
    assert workspace.django_version == django.get_version()


def _asked_by(project: Path, python: Path) -> dict[str, Any]:
    """The report of a scan that uses this interpreter, whatever is known of it."""
    workspace = open_path(project)
    trust.grant(workspace)
    workspace.interpreter, workspace.bundled = str(python), False
    workspace.save()
    found: dict[str, Any] = scan(workspace).report
    return found
