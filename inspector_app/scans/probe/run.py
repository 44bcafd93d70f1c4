"""``djdesk-probe PIPE BASE MANAGE NETWORK``: boot the project once, as its manage.py does.

BASE is the folder that is first on the path, MANAGE its manage.py or ``-``. NETWORK says
``network`` where databases elsewhere may be asked.
"""

from __future__ import annotations

import gc
import os
import sys
from time import perf_counter
from typing import Any

from . import endings, manage
from .channel import Channel
from .failures import print_traceback
from .session import Session

_FAILED = 1


def main() -> None:
    started = perf_counter()
    # A boot makes hardly any garbage, and looking for it takes a tenth of the time.
    gc.disable()
    pipe, base, script, network = sys.argv[1:5]
    channel = Channel(pipe)
    channel.tell({"started": _about()})
    endings.watch(channel)
    session = Session(channel, started, network=network == "network")
    script = "" if script == "-" else script
    sys.path[0] = base
    sys.argv = [script or "manage.py", "check"]
    try:
        manage.run(script, session)
    except BaseException as error:
        session.failed(error)
        print_traceback(error)
    _end(channel, 0 if session.booted else _FAILED)


def _about() -> dict[str, Any]:
    return {
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "executable": sys.executable,
        "prefix": sys.prefix,
        "cwd": os.getcwd(),
        "pid": os.getpid(),
    }


def _end(channel: Channel, code: int) -> None:
    channel.tell({"done": True})
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: S112 -- the project may have put anything in its place.
            continue
    # Threads of the project, and what it registered for the exit, would only keep us waiting.
    endings.leave(code)
