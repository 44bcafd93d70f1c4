"""Building an environment with uv, after the user allowed the exact commands.

One thread for each build owns its process; both end with the build, when it is stopped, and when
DJDesk ends.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace
from inspector_app.redaction.known import redacted
from inspector_app.runs import live

from .uv_offer import Offer, offer_for

LIMIT_S = 900.0
_LINES_KEPT = 12
_LINE_MOST = 400
# Of DJDesk's own environment: another program must not take them for its own.
_OURS = ("DJDESK_", "DJANGO_", "PYTHON", "VIRTUAL_ENV", "CONDA_", "LD_LIBRARY_PATH")

logger = logging.getLogger(__name__)

_builds: dict[int, Build] = {}
_lock = threading.Lock()


@dataclass
class Build:
    """``state`` is running, done, failed or stopped; ``printed`` are uv's last lines."""

    offer: Offer
    state: str = "running"
    message: str = ""
    printed: deque[str] = field(default_factory=lambda: deque(maxlen=_LINES_KEPT))
    process: subprocess.Popen[bytes] | None = None
    thread: threading.Thread | None = None

    def lines(self) -> list[str]:
        """What uv printed last, without the passwords of addresses."""
        with _lock:
            return [str(redacted(line)) for line in self.printed]


def build_of(workspace: Workspace) -> Build | None:
    """The newest build for ``workspace`` since DJDesk was started."""
    with _lock:
        return _builds.get(workspace.pk)


def start(workspace: Workspace, digest: str) -> Build:
    """Begin to build what was offered under ``digest``.

    Raises:
        Problem: ``no_offer``, ``offer_changed`` or ``build_active``.
    """
    offer = offer_for(workspace)
    if offer is None:
        raise Problem("no_offer", "There is nothing that uv could build for this project.")
    if offer.digest != digest:
        raise Problem(
            "offer_changed",
            "The commands are no longer those that were shown.",
            "Look at them again, then allow them.",
        )
    with _lock:
        known = _builds.get(workspace.pk)
        if live.closing():
            raise Problem("closing", "DJDesk is closing.")
        if known is not None and known.state == "running":
            raise Problem("build_active", "An environment is being built for this project.")
        live.when_closing(stop_all)
        build = _builds[workspace.pk] = Build(offer)
        build.thread = threading.Thread(
            target=_run, args=[build, workspace.pk, workspace.slug], name="build", daemon=True
        )
        build.thread.start()
    return build


def stop(workspace: Workspace) -> None:
    """End the build of ``workspace``, if one runs."""
    build = build_of(workspace)
    if build is not None:
        _stop(build)


def stop_all() -> None:
    """End all builds and wait for their threads: DJDesk closes."""
    with _lock:
        builds = list(_builds.values())
    for build in builds:
        _stop(build)
    for build in builds:
        if build.thread is not None:
            build.thread.join(5)


def _stop(build: Build) -> None:
    with _lock:
        if build.state != "running":
            return
        build.state, build.message = "stopped", "Stopped by you."
        if build.process is not None:
            _kill(build.process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _run(build: Build, workspace_id: int, slug: str) -> None:
    from django.db import close_old_connections

    try:
        _install(build)
        if build.state == "running":
            _use(build, workspace_id)
    except OSError as error:
        _end(build, "failed", f"It could not be built: {error.strerror or error}.")
    except Exception:
        logger.exception("building an environment")
        _end(build, "failed", "DJDesk failed while it built the environment.")
    finally:
        if build.state != "done":
            shutil.rmtree(build.offer.folder, ignore_errors=True)
        close_old_connections()
        bus.publish("workspace", {"slug": slug})


def _install(build: Build) -> None:
    """Run the commands; a failure is written down in ``build``."""
    folder = build.offer.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    deadline = time.monotonic() + LIMIT_S
    for command in build.offer.commands:
        code = _follow(build, command, folder.parent, deadline)
        if build.state != "running":
            return
        if code:
            _end(build, "failed", f"uv ended with exit code {code}.")
            return


def _follow(build: Build, command: list[str], folder: Path, deadline: float) -> int:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(_OURS)
    } | {"NO_COLOR": "1", **build.offer.variables}
    with _lock:
        if build.state != "running":
            return 0
        process = build.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    late = threading.Timer(max(deadline - time.monotonic(), 0.0), _give_up, [build, process])
    late.daemon = True
    late.start()
    try:
        with process:
            for line in process.stdout or ():
                text = line.decode("utf-8", "replace").strip()[:_LINE_MOST]
                with _lock:
                    build.printed.append(text)
        return process.returncode
    finally:
        late.cancel()


def _give_up(build: Build, process: subprocess.Popen[bytes]) -> None:
    _end(build, "failed", f"It took longer than {LIMIT_S / 60:.0f} minutes and was stopped.")
    _kill(process)


def _use(build: Build, workspace_id: int) -> None:
    """Run the project with what was built, if it has Django."""
    from .choices import Choices
    from .opening import set_up

    workspace = Workspace.objects.filter(pk=workspace_id).first()
    if workspace is None:
        _end(build, "stopped", "The project was removed meanwhile.")
        return
    try:
        set_up(workspace, Choices(python=str(build.offer.folder)))
    except Problem as problem:
        _end(build, "failed", str(problem))
    else:
        _end(build, "done", "")


def _end(build: Build, state: str, message: str) -> None:
    with _lock:
        if build.state == "running":
            build.state, build.message = state, message
