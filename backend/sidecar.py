"""The process behind the window.

``djdesk-sidecar`` speaks the window's protocol; ``djdesk-sidecar cli …`` is the command line and
``djdesk-sidecar python …`` an interpreter. So is any other way to start it, because a project's
code starts ``sys.executable`` like a Python.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if getattr(sys, "frozen", False):
        from backend import child_environment

        child_environment.restore()
    if stands_in_for_python(arguments):
        from backend import interpreter

        return interpreter.main(arguments[1:] if arguments[0] == "python" else arguments)
    from backend import lean

    lean.make_lean()
    # Start-up allocates much and frees nothing: collecting meanwhile is wasted work.
    gc.disable()
    if arguments:
        from backend import cli

        return _leave(cli.main(arguments[1:]))
    from backend import process

    return process.main()


def _leave(code: int) -> int:
    """End the command line's process at once, where it is one of its own.

    Everything has been closed by its owner; to take what is left apart piece by piece would take
    Python 60 ms.
    """
    if __name__ == "__main__" or getattr(sys, "frozen", False):
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(code)
    return code


def stands_in_for_python(arguments: list[str]) -> bool:
    return bool(arguments) and arguments[0] != "cli"


if __name__ == "__main__":
    sys.exit(main())
