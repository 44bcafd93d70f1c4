"""djdesk …: the engine without a window, for terminals, scripts and continuous integration.

Exit codes: 0 fine; 1 the command or a threshold failed; 2 bad usage or a refused request; 3 the
project cannot be read; 124 timed out; 128 and more, ended by a signal.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from backend import __version__
from inspector_app.errors import Problem

from . import exits, streams
from .interrupts import Interrupted
from .problems import tell

# Each is the module of its name, which adds its own part to the command line.
COMMANDS = ("serve", "inspect", "search", "run", "export", "presets", "doctor")


def main(arguments: list[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    options: argparse.Namespace | None = None
    try:
        streams.prepare()
        options = _parse(with_command(sys.argv[1:] if arguments is None else arguments))
        code: int = options.run(options)
        sys.stdout.flush()
    except Problem as problem:
        tell(problem, as_json=getattr(options, "json", False))
        return exits.of(problem)
    except BrokenPipeError:
        # Whoever read our output has enough.
        streams.silence()
        return exits.FINE
    except streams.Unwritable as error:
        streams.silence()
        sys.stderr.write(f"djdesk: the output could not be written: {error}.\n")
        return exits.FAILED
    except (Interrupted, KeyboardInterrupt) as interrupt:
        return exits.SIGNALLED + getattr(interrupt, "number", 2)
    except Exception as error:
        logging.getLogger(__name__).debug("the details", exc_info=True)
        from inspector_app import storage

        full = storage.problem_of(error)
        if full is not None:
            tell(full, as_json=getattr(options, "json", False))
            return exits.of(full)
        sys.stderr.write(
            f"djdesk: this failed because of an error in DJDesk: {error!r}\n"
            "        Put --verbose in front of the command to see where.\n"
        )
        return exits.FAILED
    return code


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The command line, or as much of it as the subcommands ``names`` need."""
    top = argparse.ArgumentParser(
        prog="djdesk",
        description="Inspect a Django project without changing it.",
        epilog="Without a command, djdesk opens its window: djdesk [PATH].",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"djdesk {__version__}")
    top.add_argument("--verbose", action="store_true", help="say on stderr what happens inside")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for name in names:
        importlib.import_module(f"{__name__}.{name}").add_to(commands)
    return top


def with_command(arguments: list[str]) -> list[str]:
    """``djdesk [PATH]`` is the window's; where this is called instead, there is none: serve."""
    first = _first(arguments)
    if first is not None and (first.startswith("-") or first in COMMANDS):
        return arguments
    if first == "help":
        return [*arguments[arguments.index(first) + 1 :][:1], "--help"]
    if first is not None and not Path(first).exists():
        raise Problem(
            "bad_usage",
            f"{first} is neither a command nor a folder that exists.",
            f"The commands are {', '.join(COMMANDS)}; “djdesk --help” explains them.",
        )
    sys.stderr.write("There is no window here, so DJDesk is served to a browser.\n")
    at = arguments.index(first) if first is not None else len(arguments)
    return [*arguments[:at], "serve", *arguments[at:]]


def _first(arguments: Sequence[str]) -> str | None:
    return next((word for word in arguments if word != "--verbose"), None)


def _parse(arguments: list[str]) -> argparse.Namespace:
    named = _first(arguments)
    # The others would only have to be loaded.
    top = parser([named] if named in COMMANDS else COMMANDS)
    try:
        options, rest = top.parse_known_args(arguments)
    except SystemExit:
        # Help that cannot be written is an error like any other output.
        sys.stdout.flush()
        raise
    if rest:
        # argparse does not take NAME=VALUE behind an option, where everybody puts it.
        if not hasattr(options, "params") or any(word.startswith("-") for word in rest):
            top.error(f"unrecognized arguments: {' '.join(rest)}")
        options.params += rest
    return options
