"""``djdesk …``: the engine without a window, for terminals, scripts and continuous integration.

Exit codes: 0 fine; 1 the command or a threshold failed; 2 bad usage or a refused request; 3 the
project cannot be read; 124 timed out; 128 and more, ended by a signal.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys

from backend import __version__
from inspector_app.errors import Problem

from . import exits
from .interrupts import Interrupted
from .problems import tell


def main(arguments: list[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character shows another one instead.
            stream.reconfigure(errors="replace")
    options = _parse(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except Problem as problem:
        tell(problem, as_json=getattr(options, "json", False))
        return exits.of(problem)
    except BrokenPipeError:
        # Whoever read our output has enough.
        silence()
        return exits.FINE
    except (Interrupted, KeyboardInterrupt) as interrupt:
        return exits.SIGNALLED + getattr(interrupt, "number", 2)
    except Exception as error:
        logging.getLogger(__name__).debug("the details", exc_info=True)
        sys.stderr.write(
            f"djdesk: this failed because of an error in DJDesk: {error!r}\n"
            "        Put --verbose in front of the command to see where.\n"
        )
        return exits.FAILED
    return code


def parser() -> argparse.ArgumentParser:
    """The whole command line; each subcommand adds its own part."""
    from . import doctor, export, inspect, presets, run, serve

    top = argparse.ArgumentParser(
        prog="djdesk",
        description="Inspect a Django project without changing it.",
        epilog="Without a command, djdesk opens its window: djdesk [PATH].",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"djdesk {__version__}")
    top.add_argument("--verbose", action="store_true", help="say on stderr what happens inside")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for module in (serve, inspect, run, export, presets, doctor):
        module.add_to(commands)
    return top


def silence() -> None:
    """Nobody reads standard output any more; the interpreter must not complain at exit either."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    top = parser()
    options, rest = top.parse_known_args(arguments)
    if rest:
        # argparse does not take NAME=VALUE behind an option, where everybody puts it.
        if not hasattr(options, "params") or any(word.startswith("-") for word in rest):
            top.error(f"unrecognized arguments: {' '.join(rest)}")
        options.params += rest
    return options
