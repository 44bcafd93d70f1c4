"""The engine under a window: greeting, start, ready, and the end when the window wants it."""

from __future__ import annotations

import logging
import os
import signal
import threading
from typing import Any

from backend import logs, paths
from backend.host import Commands, Pipe, PipeHost, open_for_window
from inspector_app.errors import Problem

GRACE_S = 5.0
FATAL_EXIT = 3

logger = logging.getLogger(__name__)


def main() -> int:
    """Serve one window; returns the exit code."""
    pipe = Pipe.claim_standard_streams()
    greeting = pipe.read()
    if greeting is None or not isinstance(greeting.get("hello"), dict):
        return FATAL_EXIT
    hello = greeting["hello"]
    if hello.get("data_dir"):
        os.environ["DJDESK_DATA_DIR"] = str(hello["data_dir"])
    logs.to_file(paths.log_dir())
    try:
        return _serve(pipe, hello)
    except Problem as problem:
        logger.error("cannot start: %s", problem)  # noqa: TRY400 -- a sentence, not a traceback
        pipe.send("fatal", code=problem.code, text=problem.message, hint=problem.hint)
        return FATAL_EXIT


def _serve(pipe: Pipe, hello: dict[str, Any]) -> int:
    from backend import engine as engines

    stopping = threading.Event()

    def stop() -> None:
        # Behind the orderly stop stands a hard one: no thread may hold the exit.
        timer = threading.Timer(GRACE_S, os._exit, args=[1])
        timer.daemon = True
        timer.start()
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop())

    def progress(stage: str, text: str) -> None:
        pipe.send("progress", stage=stage, text=text)

    with engines.running(0, progress) as engine:
        from backend.watch import tell_host
        from inspector_app.host import set_host

        set_host(PipeHost(pipe, [str(name) for name in hello.get("capabilities") or []]))
        paths_to_open = hello.get("open")
        if isinstance(paths_to_open, list) and paths_to_open:
            engine.door.landing = open_for_window(str(paths_to_open[0])) or "/"
        reader = threading.Thread(target=Commands(pipe, stop).serve, name="window", daemon=True)
        reader.start()
        forget = tell_host()
        pipe.send("ready", port=engine.port, pid=os.getpid(), enter=engine.door.issue())
        stopping.wait()
        forget()
    return 0
