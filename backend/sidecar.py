"""The process behind the window.

``djdesk-sidecar`` speaks the window's protocol; ``djdesk-sidecar cli …`` is the command line and
``djdesk-sidecar python …`` an interpreter.
"""

from __future__ import annotations

import gc
import sys


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["python"]:
        from backend import interpreter

        return interpreter.main(arguments[1:])
    # Start-up allocates much and frees nothing: collecting meanwhile is wasted work.
    gc.disable()
    if arguments[:1] == ["cli"]:
        from backend import cli

        return cli.main(arguments[1:])
    if arguments:
        sys.stderr.write("usage: djdesk-sidecar [cli ARGUMENT … | python ARGUMENT …]\n")
        return 2
    from backend import process

    return process.main()


if __name__ == "__main__":
    sys.exit(main())
