"""Django projects that do something particular when a command loads them."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import Any

from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path


def opened(folder: Path) -> Workspace:
    """The opened and trusted workspace of a project."""
    workspace = open_path(folder)
    trust.grant(workspace)
    return workspace


def executed(workspace: Workspace, preset: str = "check", **options: Any) -> WorkspaceTaskRun:
    """The row of a run that has been executed on this thread."""
    run = create_run(workspace, preset, options.pop("params", {}), enqueue=False, **options)
    execute(run.pk)
    run.refresh_from_db()
    return run


def when_loaded(project: Path, body: str) -> None:
    """Make every command of ``project`` run ``body`` when the app ``orders`` is ready."""
    (project / "orders" / "apps.py").write_text(
        "import os, signal, sys, threading\n"
        "from django.apps import AppConfig\n"
        "class OrdersConfig(AppConfig):\n"
        "    name = 'orders'\n"
        "    def ready(self):\n" + textwrap.indent(textwrap.dedent(body), " " * 8)
    )


class Gate:
    """A point in a project's code at which every command waits until the test opens it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1
        os.mkfifo(path)

    @property
    def code(self) -> str:
        """Python source that waits here."""
        return f"os.read(os.open({str(self._path)!r}, os.O_RDONLY), 1)"

    def open(self) -> None:
        """Let everybody go on who waits here or comes later."""
        if self._descriptor < 0:
            # Read and write, so that this does not wait for somebody to read.
            self._descriptor = os.open(self._path, os.O_RDWR)
            os.write(self._descriptor, b"." * 100)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
