"""The engine under a window: greeting, start, ready, and the end when the window wants it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path
from typing import Any

from backend import lean, logs
from backend.host import Commands, Pipe, PipeHost, open_for_window
from backend.stopping import Stop
from inspector_app.errors import Problem

GREETING_S = 10.0
FATAL_EXIT = 3
PURPOSE = "its window"

logger = logging.getLogger(__name__)


def main() -> int:
    """Serve one window; returns the exit code."""
    if sys.stdin is not None and sys.stdin.isatty():
        sys.stderr.write("djdesk-sidecar is started by DJDesk's window. Try: djdesk serve\n")
        return FATAL_EXIT
    # What is said before the log file is open goes where the window keeps it.
    logs.to_stderr(logging.INFO)
    pipe = Pipe.claim_standard_streams()
    hello = _greeting(pipe)
    if hello is None:
        return FATAL_EXIT
    if hello.get("data_dir"):
        os.environ["DJDESK_DATA_DIR"] = str(hello["data_dir"])
    try:
        _serve(pipe, hello)
    except Problem as problem:
        logger.error("cannot start: %s", problem)  # noqa: TRY400 -- a sentence, not a traceback
        pipe.send("fatal", code=problem.code, text=problem.message, hint=problem.hint)
        return FATAL_EXIT
    except Exception:
        logger.exception("the engine failed")
        raise
    return 0


def _greeting(pipe: Pipe) -> dict[str, Any] | None:
    """The window's first message; None when there is none, or another one comes first."""
    deadline = threading.Timer(GREETING_S, _no_greeting)
    deadline.daemon = True
    deadline.start()
    message = pipe.read()
    deadline.cancel()
    hello = (message or {}).get("hello")
    if isinstance(hello, dict):
        return hello
    logger.error("the window did not greet")
    return None


def _no_greeting() -> None:
    logger.error("no greeting within %d s", GREETING_S)
    os._exit(FATAL_EXIT)


def _serve(pipe: Pipe, hello: dict[str, Any]) -> None:
    from backend import engine as engines

    stop = Stop()

    def progress(stage: str, text: str) -> None:
        pipe.send("progress", stage=stage, text=text)

    log_dir = Path(str(hello["log_dir"])) if hello.get("log_dir") else None
    with engines.running(0, progress, purpose=PURPOSE, log_dir=log_dir) as engine:
        from backend import first_page
        from backend.watch import tell_host
        from inspector_app.host import set_host
        from inspector_app.preferences import tell_closing
        from inspector_app.runs import activity

        host = PipeHost(pipe, [str(name) for name in hello.get("capabilities") or []])
        set_host(host)
        engine.door.landing = _open_first(hello.get("open"), progress)
        commands = Commands(pipe, host, stop)
        for target, name in ((commands.serve, "window"), (commands.open_folders, "folders")):
            threading.Thread(target=target, name=name, daemon=True).start()
        forget = tell_host()
        pipe.send("ready", port=engine.port, pid=os.getpid(), enter=engine.door.issue())
        activity.publish()
        tell_closing()
        first_page.prepare(engine.door.landing)
        lean.give_back()
        stop.wait()
        forget()


def _open_first(paths: Any, progress: Any) -> str:
    """Open the folders the window was started with; returns the page to begin with."""
    landing = "/"
    for path in reversed(paths) if isinstance(paths, list) else []:
        progress("open", f"Reading {Path(str(path)).name}")
        landing = open_for_window(str(path)) or landing
    return landing
