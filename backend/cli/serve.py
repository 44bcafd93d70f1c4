"""``djdesk serve``: the same pages for a browser."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import Namespace
from typing import Any

from backend import engine as engines
from backend import logs, paths

from . import exits


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "serve", help="serve the pages to a browser", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("path", metavar="PATH", nargs="?", help="a project to open")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--open", action="store_true", help="open the system's browser")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    logs.to_file(paths.log_dir())
    with engines.running(options.port, lambda _stage, _text: None) as engine:
        if options.path is not None:
            from inspector_app.workspaces.opening import open_path

            engine.door.landing = open_path(options.path).get_absolute_url()
        address = engine.address()
        print(f"DJDesk is served at {address}", flush=True)
        print("The address works once, within a minute. Ctrl+C ends DJDesk.", flush=True)
        if options.open:
            import webbrowser

            webbrowser.open(address)
        stopping.wait()
    logging.getLogger(__name__).info("served until asked to stop")
    return exits.FINE
