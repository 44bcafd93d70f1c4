"""Running the probe: one run in the history, one boot of the project, everything it tells."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer
from typing import Any

from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs import live
from inspector_app.runs.preflight import folder_of
from inspector_app.runs.scanning import PROBE
from inspector_app.workspaces.verify import LIMIT_S

from .archive import write_archive
from .channel import ProbeChannel
from .told import Section, Told

_ARCHIVE = f"{PROBE}.zip"
_PIPE = f"{PROBE}.pipe"

logger = logging.getLogger(__name__)


@dataclass
class Probing:
    """How it went: the run, None when it was ``refused``, and what was told until its end."""

    told: Told
    run: WorkspaceTaskRun | None = None
    refused: Problem | None = None


def run_probe(
    workspace: Workspace,
    begun: Event,
    heard: Callable[[str, Section], None],
    waiting: Callable[[WorkspaceTaskRun], AbstractContextManager[None]],
) -> Probing:
    """Run the probe for a trusted workspace and wait for its end.

    ``begun`` is set once the project's Python is started. ``heard`` is told of each section when it
    has come; ``waiting`` is entered with the row of the run before it starts, and left at its end,
    so that somebody can cancel it.
    """
    from inspector_app.runs.create import create_scan_run
    from inspector_app.runs.execute import execute

    probing = Probing(Told(heard))
    try:
        run = create_scan_run(workspace)
    except Problem as problem:
        logger.warning("no probe for %s: %s", workspace.slug, problem)
        probing.refused = problem
        return probing
    attachment = _Attachment(workspace, run.pk, probing.told, begun)
    try:
        with waiting(run):
            execute(run.pk, claimed=True, attachment=attachment)
    finally:
        attachment.close()
    run.refresh_from_db()
    probing.run = run
    return probing


class _Attachment:
    """The probe's file and its pipe, in the run's TMPDIR."""

    def __init__(self, workspace: Workspace, run_id: int, told: Told, begun: Event) -> None:
        self._workspace = workspace
        self._run_id = run_id
        self._told = told
        self._begun = begun
        self._channel: ProbeChannel | None = None
        self._silent: Timer | None = None

    def attach(self, argv: list[str], temporary: Path) -> list[str]:
        archive, pipe = temporary / _ARCHIVE, temporary / _PIPE
        write_archive(archive)
        root, manage_py = self._workspace.root_path, self._workspace.manage_py
        # One tier runs in a copy of the project, whose place says nothing to anybody.
        copy = temporary.parent / "copy" / root.resolve().name
        self._channel = ProbeChannel(pipe, self._told.hear, {str(copy): str(root)})
        # Each path is an argument of its own, so that the launcher can lead it into that copy.
        script = str(root / manage_py) if manage_py else "-"
        network = "network" if self._workspace.network else "-"
        prefix = argv[: argv.index(PROBE)]
        base = str(folder_of(self._workspace))
        return [*prefix, str(archive), str(pipe), base, script, network]

    def fileno(self) -> int:
        return self._opened.fileno()

    def take(self) -> None:
        self._opened.take()

    @property
    def _opened(self) -> ProbeChannel:
        if self._channel is None:
            raise RuntimeError("nothing was attached")
        return self._channel

    def began(self) -> None:
        """From now on a Python says something soon: one that hangs is not waited for."""
        self._begun.set()
        self._silent = Timer(LIMIT_S, self._end_if_silent)
        self._silent.daemon = True
        self._silent.start()

    def _end_if_silent(self) -> None:
        if not self._told.python:
            live.stop(self._run_id)

    def leave_out(self, fields: dict[str, Any]) -> None:
        written = fields.get("attempted_writes")
        if written is not None:
            fields["attempted_writes"] = [
                one for one in written if Path(one["path"]).name not in (_ARCHIVE, _PIPE)
            ]

    def close(self) -> None:
        if self._silent is not None:
            self._silent.cancel()
        if self._channel is not None:
            self._channel.close()
