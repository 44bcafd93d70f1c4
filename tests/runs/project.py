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
    """A point in a project's code at which every command waits until the test opens it.

    The walls around a command keep it from waiting for anything that is not its own, so each waits
    in its own TMPDIR, and finds by a file in ``folder`` whether the gate was opened before.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened = folder / "gate-is-open"
        self._descriptors: list[int] = []

    @property
    def code(self) -> str:
        """An expression that waits here."""
        return (
            "(os.mkfifo(gate := os.environ['TMPDIR'] + '/gate') "
            f"or os.path.exists({str(self._opened)!r}) "
            "or os.read(os.open(gate, os.O_RDONLY), 1))"
        )

    def open(self) -> None:
        """Let everybody go on who waits here or comes later."""
        self._opened.touch()
        for path in self._folder.glob("*/scratch/*/tmp/gate"):
            # Read and write, so that this does not wait for somebody to read.
            descriptor = os.open(path, os.O_RDWR)
            os.write(descriptor, b".")
            self._descriptors.append(descriptor)

    def close(self) -> None:
        while self._descriptors:
            os.close(self._descriptors.pop())
