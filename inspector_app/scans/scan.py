"""One scan of a workspace: static reading always, the running project itself once it is trusted."""

from __future__ import annotations

import importlib
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Scan, Workspace
from inspector_app.redaction import known
from inspector_app.runs import live
from inspector_app.runs.insist import insist
from inspector_app.workspaces.running import packages_for
from inspector_app.workspaces.verify import take_as_verified, verify

from .files import look
from .progress import Progress, Stopped, under_way

if TYPE_CHECKING:
    from inspector_app.redaction.secret import Secret

    from .runtime.probing import Probing
    from .static.reading import StaticReading

# Static reading asks before each of its sections. The command that it waits for has its own limit;
# this is for a folder on a disk that hardly answers.
LIMIT_S = 300.0

_INTERNAL = Problem(
    "internal", "DJDesk failed while it read this project.", "The engine's log says where."
)
_TIMED_OUT = Problem(
    "scan_timed_out",
    f"Reading this project took longer than {LIMIT_S:g} seconds and was stopped.",
    "What an earlier scan read is still shown. Scan again when the disk is less busy.",
)

logger = logging.getLogger(__name__)


def scan(workspace: Workspace) -> Scan:
    """Read ``workspace`` now and keep the report; runs its code only if it is trusted.

    The scan ends as ``failed`` with a problem when the folder cannot be read any more; it never
    raises for what a project holds.
    """
    return _perform(Scan.objects.create(workspace=workspace, state=Scan.State.RUNNING))


def scan_once(workspace: Workspace) -> Scan:
    """The same for who wants the report and nothing else: it is not kept, nor found by a search."""
    row = Scan.objects.create(workspace=workspace, state=Scan.State.RUNNING)
    return _perform(row, keep=False)


def execute(scan_id: int) -> None:
    """Perform a queued scan, unless another worker took it or it was cancelled."""
    if live.closing():
        return
    taken = Scan.objects.filter(pk=scan_id, state=Scan.State.QUEUED).update(
        state=Scan.State.RUNNING
    )
    if taken:
        _perform(Scan.objects.select_related("workspace").get(pk=scan_id))


def _perform(row: Scan, *, keep: bool = True) -> Scan:
    workspace = row.workspace
    _publish(workspace)
    started = time.monotonic()
    try:
        with under_way(row, LIMIT_S) as progress:
            _read(row, started, progress)
        if keep:
            from .history import complete

            complete(row)
        row.state = Scan.State.DONE
    except Stopped as stopped:
        row.state = stopped.state
        row.problem = _TIMED_OUT.as_dict() if stopped.state == Scan.State.TIMED_OUT else None
    except Problem as problem:
        row.state, row.problem = Scan.State.FAILED, known.redacted(problem.as_dict())
    except Exception:
        logger.exception("scan %d", row.pk)
        row.state, row.problem = Scan.State.FAILED, _INTERNAL.as_dict()
    row.seconds = time.monotonic() - started
    row.finished_at = timezone.now()
    if keep:
        insist(lambda: _keep(row))
    _publish(workspace)
    return row


def _keep(row: Scan) -> None:
    """The row, what is found in it and what is no longer needed change at once or not at all."""
    from .history import forget_old
    from .search.index import rebuild

    with transaction.atomic():
        row.save()
        if row.state == Scan.State.DONE:
            rebuild(row.workspace, row.report)
        forget_old(row.workspace)


def _read(row: Scan, started: float, progress: Progress) -> None:
    workspace = row.workspace
    _require_folder(workspace)
    # Looked at first: what changes while it is read counts as changed since.
    row.files = look(workspace.root_path)
    # The project's own process takes longer than reading its source, so both go on at once. To read
    # any earlier would only make it start later.
    begun = Event()
    probing = None
    with ThreadPoolExecutor(1, "static reading") as pool:
        future = pool.submit(_read_source, workspace, begun, progress)
        try:
            probing = _probe(workspace, begun, progress) if workspace.trusted else None
        finally:
            begun.set()
        reading, secrets = future.result()
    known = _settings_alone(probing)
    if known is not None:
        reading = _read_project(workspace, progress, known)
    from inspector_app.redaction.project import redactor_of

    from .report import build_report

    checking = None
    if probing is not None:
        from .checking import Checking

        checking = Checking(probing, workspace.root_path)
    row.source = Scan.Source.STATIC if checking is None else Scan.Source.MIXED
    row.report = build_report(
        workspace,
        reading,
        checking,
        redactor_of(workspace, secrets if checking is None else [*secrets, *checking.secrets()]),
        version=settings.DJDESK_VERSION,
        seconds=time.monotonic() - started,
    )


def _probe(workspace: Workspace, begun: Event, progress: Progress) -> Probing:
    # Not loaded for a project that is only read, which is most of what is opened.
    from .runtime.expected import SECTIONS
    from .runtime.probing import run_probe

    progress.expect("runtime", SECTIONS)
    if workspace.interpreter_problem is not None:
        # Perhaps it was mended since.
        verify(workspace)
    probing = run_probe(workspace, begun, progress.heard, progress.waiting_for)
    told = probing.told
    if told.booted:
        take_as_verified(workspace, told.python, told.django)
    elif probing.refused is None:
        # Perhaps it is not the project that does not start, but its interpreter.
        verify(workspace)
        if workspace.interpreter_problem is not None:
            problem = workspace.interpreter_problem
            probing.refused = Problem(problem["code"], problem["message"], problem["hint"])
    return probing


def _read_source(
    workspace: Workspace, begun: Event, progress: Progress
) -> tuple[StaticReading, list[Secret]]:
    begun.wait()
    reading = _read_project(workspace, progress)
    from inspector_app.redaction.project import secrets_of

    secrets = secrets_of(workspace)
    # What puts the report together is loaded now, while the project is still waited for.
    later = ("report", "checking", "history", "search.index")
    for module in later if workspace.trusted else ():
        importlib.import_module(f"inspector_app.scans.{module}")
    return reading, secrets


def _read_project(
    workspace: Workspace, progress: Progress, known: dict[str, Any] | None = None
) -> StaticReading:
    from .static.reading import read_project

    return read_project(
        workspace.root_path,
        workspace.script_path,
        workspace.settings_module,
        packages_for(workspace),
        progress,
        known,
    )


def _settings_alone(probing: Probing | None) -> dict[str, Any] | None:
    """What the settings came to where the apps that they name did not load.

    Their source text may say less: it cannot know what is computed.
    """
    told = probing.told if probing is not None else None
    if told is None or told.data("apps") is not None or told.data("settings") is None:
        return None
    return {one["name"]: one["value"] for one in told.data("settings")["changed"]}


def _require_folder(workspace: Workspace) -> None:
    if not workspace.root_path.is_dir():
        raise Problem(
            "folder_missing",
            f"The folder {workspace.root} is gone.",
            "Open the project where it is now.",
        )


def _publish(workspace: Workspace) -> None:
    bus.publish("workspace", {"slug": workspace.slug})
