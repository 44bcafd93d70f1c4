"""Starting an editor: a process of the user's own, which outlives DJDesk."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from inspector_app.errors import Problem
from inspector_app.events import bus

from .choice import Ready

# One that ends sooner, and badly, was not able to show anything.
EARLY_S = 10.0

# What belongs to DJDesk's own process. Libraries of a frozen program are taken back at its start.
_OURS = ("DJANGO_SETTINGS_MODULE",)
_OUR_PREFIXES = ("DJDESK_", "TAURI_", "_PYI_")

NOT_SHOWN = "Choose another one under Preferences, Editor."


def start(editor: Ready, file: Path, line: int) -> None:
    """Show ``line`` of ``file``; returns once the program runs.

    Raises:
        Problem: ``editor_failed`` when it cannot be started. What goes wrong after that is told to
            the pages.
    """
    try:
        process = subprocess.Popen(
            editor.argv(file, line),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Not the project's folder, where some editors look for settings of their own.
            cwd=Path.home(),
            env=_environment(),
            start_new_session=True,
            creationflags=_windows_flags(),
        )
    except OSError as error:
        why = error.strerror or "the system refused"
        raise Problem(
            "editor_failed", f"{editor.title} could not be started: {why}.", NOT_SHOWN
        ) from error
    # Its end must be taken note of by somebody, however late it comes.
    threading.Thread(target=_wait, args=(process, editor.title), name="editor", daemon=True).start()


def _wait(process: subprocess.Popen[bytes], title: str) -> None:
    started = time.monotonic()
    code = process.wait()
    if code and time.monotonic() - started < EARLY_S:
        problem = Problem("editor_failed", f"{title} ended at once, with code {code}.", NOT_SHOWN)
        bus.publish("problem", problem.as_dict())


def _environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name not in _OURS and not name.startswith(_OUR_PREFIXES)
    }


def _windows_flags() -> int:
    """Out of the job that ends with DJDesk's window."""
    if sys.platform != "win32":
        return 0
    return subprocess.DETACHED_PROCESS | subprocess.CREATE_BREAKAWAY_FROM_JOB
