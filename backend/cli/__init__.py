"""``djdesk …``: the engine without a window, for terminals, scripts and continuous integration.

Exit codes: 0 fine; 1 the command or a threshold failed; 2 bad usage or a refused request; 3 the
project cannot be read; 124 timed out.
"""

from __future__ import annotations

import argparse
import os
import sys

from backend import __version__
from inspector_app.errors import Problem

from . import exits
from .problems import tell

USAGE_EXIT = 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except Problem as problem:
        tell(problem, as_json=getattr(options, "json", False))
        return exits.of(problem)
    except BrokenPipeError:
        # Whoever read our output has enough; the interpreter must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.FINE
    except KeyboardInterrupt:
        return exits.INTERRUPTED
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
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for module in (serve, inspect, run, export, presets, doctor):
        module.add_to(commands)
    return top
