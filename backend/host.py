"""The link to the window: JSON lines on the pipe the window holds open.

Standard output belongs to this protocol alone, so whatever else prints is sent to standard error.
End-of-file on standard input means that the window is gone.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from io import FileIO
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, Literal

from backend.stopping import Stop
from inspector_app.errors import Problem
from inspector_app.events import bus

VERSION = 1
LINE_LIMIT = 1 << 20

# What a folder dialog may be shown for, besides opening a project.
Job = Literal["locate", "environment"]

logger = logging.getLogger(__name__)


class Pipe:
    """Both directions of the protocol; writing is safe from any thread."""

    def __init__(self, reader: BinaryIO, writer: FileIO) -> None:
        self._reader = reader
        self._writer = writer
        self._lock = threading.Lock()

    @classmethod
    def claim_standard_streams(cls) -> Pipe:
        """Take stdin and stdout for the protocol; ``print`` goes to stderr from here on."""
        reader = os.fdopen(os.dup(0), "rb")
        writer = FileIO(os.dup(1), "wb")
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        return cls(reader, writer)

    def send(self, event: str, **fields: Any) -> None:
        """Tell the window; once it is gone there is nobody to tell and nothing to do."""
        line = json.dumps({"v": VERSION, "event": event, **fields}, ensure_ascii=False)
        left = memoryview(line.encode("utf-8", "replace") + b"\n")
        with self._lock:
            try:
                while left:
                    left = left[self._writer.write(left) :]
            except (OSError, ValueError):
                logger.info("the window is gone, not told: %s", event)

    def read(self) -> dict[str, Any] | None:
        """The next message, or None at end-of-file. What is no message is logged and skipped."""
        while line := self._reader.readline(LINE_LIMIT):
            if len(line) == LINE_LIMIT and not line.endswith(b"\n"):
                logger.warning("too long for a message from the window: %.200r", line)
                self._skip_line()
                continue
            try:
                message = json.loads(line)
            except (ValueError, RecursionError):
                logger.warning("not a message from the window: %.200r", line)
                continue
            if isinstance(message, dict) and message.get("v") == VERSION:
                return message
            logger.warning("unknown message from the window: %.200r", line)
        return None

    def _skip_line(self) -> None:
        while (rest := self._reader.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
            pass


class PipeHost:
    """The window, as the pages ask for it (see :class:`inspector_app.host.Host`)."""

    def __init__(self, pipe: Pipe, capabilities: list[str]) -> None:
        self._pipe = pipe
        self._capabilities = frozenset(capabilities)
        self.window = bool(self._capabilities)
        # Until the window says otherwise, which it does whenever that changes.
        self.tray = False
        self._requests = 0
        # What folder dialogs were shown for: the job, and the slug of the workspace it is for.
        self._jobs: dict[int, tuple[Job, str]] = {}

    def pick_folder(self, *, locate: str | None = None) -> None:
        self._need("pick_folder", "Drop the folder into the window instead.")
        if locate is None:
            self._pick("Open a Django project")
        else:
            self._jobs[self._pick("Where is this project now?")] = "locate", locate

    def pick_environment(self, slug: str) -> None:
        self._need("pick_folder", "Type the interpreter's path instead.")
        self._jobs[self._pick("Choose an environment's folder")] = "environment", slug

    def _pick(self, title: str) -> int:
        self._requests += 1
        self._pipe.send("pick_folder", request=self._requests, title=title)
        return self._requests

    def job_of(self, request: object) -> tuple[Job, str] | None:
        """What the dialog ``request`` was shown for, told once; None for opening a project."""
        return self._jobs.pop(request, None) if isinstance(request, int) else None

    def reveal(self, path: Path) -> None:
        self._need("reveal", f"The file is {path}.")
        self._pipe.send("reveal", path=str(path))

    def notify(self, *, title: str, body: str, url: str) -> None:
        if "notify" in self._capabilities:
            self._pipe.send("notify", title=title, body=body, url=url)

    def activity(self, *, running: int, queued: int, attention: bool, text: str) -> None:
        self._pipe.send("activity", running=running, queued=queued, attention=attention, text=text)

    def closing(self, *, to_tray: bool) -> None:
        self._pipe.send("closing", to_tray=to_tray)

    def _need(self, capability: str, hint: str) -> None:
        if capability not in self._capabilities:
            raise Problem("no_window", "This window cannot do that.", hint)


class Commands:
    """What the window asks for after the greeting, until it quits or is gone."""

    def __init__(self, pipe: Pipe, host: PipeHost, stop: Stop) -> None:
        self._pipe = pipe
        self._host = host
        self._stop = stop
        self._asked: SimpleQueue[list[Callable[[], str | None]]] = SimpleQueue()

    def serve(self) -> None:
        """Handle messages until ``quit`` or end-of-file, then ask for the end."""
        try:
            while (message := self._pipe.read()) is not None:
                if not self._handle(message):
                    break
        finally:
            # Whatever ended this, nobody would notice the window's end any more.
            self._stop.ask()

    def open_folders(self) -> None:
        """Open what was asked for, in order, on a thread of its own: a disk may take its time."""
        while True:
            opened = [url for ask in self._asked.get() if (url := ask())]
            if opened:
                bus.publish("open", {"url": opened[0]}, keep=True)

    def _handle(self, message: dict[str, Any]) -> bool:
        match message:
            case {"command": "open", "paths": [*paths]}:
                folders = [path for path in paths if isinstance(path, str)]
                self._asked.put([partial(open_for_window, path) for path in folders])
                self._pipe.send("focus")
            case {"command": "picked", "path": path, **rest}:
                job = self._host.job_of(rest.get("request"))
                if isinstance(path, str):
                    self._asked.put([partial(_do, job, path)])
            case {"command": "tray", "present": bool(present)}:
                self._host.tray = present
            case {"command": "quit"}:
                return False
            case _:
                logger.warning("unknown command from the window: %.200r", message)
        return True


def _do(job: tuple[Job, str] | None, path: str) -> str | None:
    """What a folder was picked for."""
    if job is None:
        return open_for_window(path)
    kind, slug = job
    return locate_for_window(slug, path) if kind == "locate" else use_environment(slug, path)


def open_for_window(path: str) -> str | None:
    """Open a folder that the window names; returns its page, or None with the page told why."""
    from inspector_app.workspaces.opening import open_path

    return _told(lambda: open_path(path).get_absolute_url(), path)


def locate_for_window(slug: str, path: str) -> str | None:
    """Say that a project is where the window names now; returns its page, or None as above."""
    from inspector_app.workspaces.locating import locate

    return _told(lambda: locate(slug, path).get_absolute_url(), path)


def use_environment(slug: str, path: str) -> str | None:
    """Run a workspace with the environment that was picked; returns its page, or None as above."""
    from inspector_app.models import Workspace
    from inspector_app.workspaces.choices import Choices
    from inspector_app.workspaces.opening import set_up

    def use() -> str | None:
        workspace = Workspace.objects.filter(slug=slug).first()
        if workspace is None:
            return None
        set_up(workspace, Choices(python=path))
        return workspace.get_absolute_url()

    return _told(use, path)


def _told(do: Callable[[], str | None], path: str) -> str | None:
    """What ``do`` returns; what goes wrong is told to the page."""
    from django.db import close_old_connections

    try:
        return do()
    except Problem as problem:
        told = problem
    except Exception:
        logger.exception("opening %r", path)
        told = Problem(
            "open_failed",
            "The folder could not be opened because of an error in DJDesk.",
            "The engine's log has the details.",
        )
    finally:
        close_old_connections()
    bus.publish("problem", told.as_dict(), keep=True)
    return None
