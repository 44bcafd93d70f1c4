"""One scan of a workspace: static reading always, the running project itself once it is trusted."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Scan, Workspace, WorkspaceTaskRun
from inspector_app.redaction import known
from inspector_app.redaction.project import redactor_for
from inspector_app.workspaces.environment import packages_of

from .checking import Checking
from .report import build_report
from .runtime.probing import run_probe
from .runtime.told import Section
from .static.reading import read_project

KEPT = 20
_INTERNAL = Problem(
    "internal", "DJDesk failed while it read this project.", "The engine's log says where."
)

logger = logging.getLogger(__name__)


def scan(workspace: Workspace) -> Scan:
    """Read ``workspace`` and keep the report; runs its code only if it is trusted.

    The scan ends as ``failed`` with a problem when the folder cannot be read any more; it never
    raises for what a project holds.
    """
    row = Scan.objects.create(workspace=workspace, state=Scan.State.RUNNING)
    _publish(workspace)
    started = time.monotonic()
    try:
        _read(workspace, row, started)
        row.state = Scan.State.DONE
    except Problem as problem:
        row.state, row.problem = Scan.State.FAILED, known.redacted(problem.as_dict())
    except Exception:
        logger.exception("scan %d", row.pk)
        row.state, row.problem = Scan.State.FAILED, _INTERNAL.as_dict()
    row.seconds = time.monotonic() - started
    row.finished_at = timezone.now()
    row.save()
    _forget_old(workspace)
    _publish(workspace)
    return row


def _read(workspace: Workspace, row: Scan, started: float) -> None:
    _require_folder(workspace)
    redactor = redactor_for(workspace)
    python = Path(sys.executable if workspace.bundled else workspace.interpreter)
    # The project's own process takes longer than reading its source, so both go on at once.
    with ThreadPoolExecutor(1, "static reading") as pool:
        future = pool.submit(
            read_project,
            workspace.root_path,
            Path(workspace.manage_py),
            workspace.settings_module,
            packages_of(python),
        )
        checking = None
        if workspace.trusted:
            probing = run_probe(workspace, _heard, _waiting)
            checking = Checking(probing, workspace.root_path)
            row.source = Scan.Source.MIXED
        reading = future.result()
    row.report = build_report(
        workspace,
        reading,
        checking,
        redactor,
        version=settings.DJDESK_VERSION,
        seconds=time.monotonic() - started,
    )


def _heard(name: str, section: Section) -> None:
    logger.debug("%s: %s", name, section.error or "told")


@contextmanager
def _waiting(_run: WorkspaceTaskRun) -> Iterator[None]:
    yield


def _require_folder(workspace: Workspace) -> None:
    if not workspace.root_path.is_dir():
        raise Problem(
            "folder_missing",
            f"The folder {workspace.root} is gone.",
            "Open the project where it is now.",
        )


def _forget_old(workspace: Workspace) -> None:
    kept = workspace.scans.values_list("pk", flat=True)[:KEPT]
    workspace.scans.exclude(pk__in=list(kept)).delete()


def _publish(workspace: Workspace) -> None:
    bus.publish("workspace", {"slug": workspace.slug})
