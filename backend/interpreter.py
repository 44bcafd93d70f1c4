"""``djdesk-sidecar python …``: this executable as a stand-in for the project's Python."""

from __future__ import annotations

import runpy
import sys
import traceback
from pathlib import Path

USAGE = "usage: djdesk-sidecar python [-m MODULE | -c CODE | SCRIPT] [ARGUMENT …]\n"

# Options of the real interpreter that take no value and change nothing here.
_IGNORED = frozenset("IBuEsSOqbd")


def main(arguments: list[str]) -> int:
    """Run a script, a module or code the way ``python`` would; returns the exit code."""
    # The read-only contract: no __pycache__ in a project, whatever the environment says.
    sys.dont_write_bytecode = True
    rest = list(arguments)
    while rest and rest[0].startswith("-") and rest[0] not in ("-m", "-c"):
        option = rest.pop(0)
        if option in ("-V", "--version"):
            print(f"Python {sys.version.split()[0]}")
            return 0
        if option in ("-X", "-W") and rest:
            rest.pop(0)
        elif not (option[:2] in ("-X", "-W") or set(option[1:]) <= _IGNORED):
            sys.stderr.write(f"djdesk-sidecar python: unknown option {option}\n{USAGE}")
            return 2
    if not rest:
        sys.stderr.write(USAGE)
        return 2
    _forget_ourselves()
    try:
        _run(rest)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _run(rest: list[str]) -> None:
    if rest[0] == "-m" and len(rest) > 1:
        sys.argv = rest[1:]
        sys.path.insert(0, str(Path.cwd()))
        runpy.run_module(rest[1], run_name="__main__", alter_sys=True)
    elif rest[0] == "-c" and len(rest) > 1:
        sys.argv = ["-c", *rest[2:]]
        sys.path.insert(0, "")
        code = compile(rest[1], "<string>", "exec")
        exec(code, {"__name__": "__main__"})  # noqa: S102 -- an interpreter runs code
    else:
        sys.argv = rest
        sys.path.insert(0, str(Path(rest[0]).absolute().parent))
        runpy.run_path(rest[0], run_name="__main__")


def _forget_ourselves() -> None:
    """Drop DJDesk's own packages, so that a project's `backend` is the project's."""
    for name in [n for n in sys.modules if n.split(".")[0] in ("backend", "inspector_app")]:
        del sys.modules[name]
