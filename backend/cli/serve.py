"""djdesk serve: the same pages for a browser."""

from __future__ import annotations

import logging
import sys
import threading
from argparse import Namespace
from typing import Any

from backend import engine as engines
from backend import logs
from backend.stopping import Stop

from . import exits
from .project import add_project_options, open_project

PURPOSE = "“djdesk serve”"


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "serve", help="serve the pages to a browser", description=__doc__, allow_abbrev=False
    )
    add_project_options(parser, nargs="?")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--open", action="store_true", help="open the system's browser")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    logs.to_stderr(logging.DEBUG if options.verbose else logging.WARNING)
    stop = Stop()
    with engines.running(options.port, _progress, purpose=PURPOSE) as engine:
        if options.path is not None:
            engine.door.landing = open_project(options).get_absolute_url()
        address = engine.address()
        print(f"DJDesk is served at {address}", flush=True)
        print("The address works once, within a minute. Ctrl+C ends DJDesk.", flush=True)
        if sys.stdin is not None and sys.stdin.isatty():
            print("Press Enter for another one.", flush=True)
            threading.Thread(target=_further_addresses, args=[engine], daemon=True).start()
        if options.open:
            threading.Thread(target=_open_browser, args=[address], daemon=True).start()
        stop.wait()
    return exits.FINE


def _progress(_stage: str, _text: str) -> None:
    """The start takes a quarter of a second: nobody waits for a line about it."""


def _further_addresses(engine: engines.Engine) -> None:
    while sys.stdin.readline():
        print(f"DJDesk is served at {engine.address()}", flush=True)


def _open_browser(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        print("No browser could be opened; use the address above.", file=sys.stderr, flush=True)
