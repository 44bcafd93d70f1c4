"""``djdesk-sidecar python …``: this executable as a stand-in for the project's Python.

A frozen program ignores the interpreter's own options and variables, so the ones that commands rely
on are followed here.
"""

from __future__ import annotations

import builtins
import io
import os
import runpy
import sys
import zipfile
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, TextIO

from . import interpreter_options
from .interpreter_options import Options

USAGE_EXIT = 2
INTERRUPTED_EXIT = 130

OURS = ("backend", "inspector_app")


def main(arguments: list[str]) -> int:
    """Run a script, a module or code the way ``python`` would; returns the exit code."""
    # The read-only contract: no __pycache__ in a project, whatever the environment says.
    sys.dont_write_bytecode = True
    try:
        options = interpreter_options.parse(arguments)
    except ValueError as error:
        sys.stderr.write(f"{error}\n{interpreter_options.USAGE}")
        return USAGE_EXIT
    if options.version:
        print(f"Python {sys.version.split()[0]}")
        return 0
    if options.unbuffered or os.environ.get("PYTHONUNBUFFERED"):
        sys.stdout, sys.stderr = _unbuffered(sys.stdout), _unbuffered(sys.stderr)
    _step_aside()
    try:
        return _run(options)
    except SystemExit:
        raise
    except BaseException as error:
        _report(error)
        return INTERRUPTED_EXIT if isinstance(error, KeyboardInterrupt) else 1


def _run(options: Options) -> int:
    module = _new_main()
    sys.argv = options.argv
    match options.kind:
        case "module":
            _look_in(options, str(Path.cwd()))
            # As `python -m` does it, in the one __main__ there is.
            runpy._run_module_as_main(options.what)  # type: ignore[attr-defined]  # noqa: SLF001
        case "code":
            _look_in(options, "")
            _execute(options.what, "<string>", module)
        case "stdin":
            _look_in(options, "")
            _execute(sys.stdin.read(), "<stdin>", module)
        case _:
            return _run_file(options, module)
    return 0


def _run_file(options: Options, module: ModuleType) -> int:
    script = Path(options.what).absolute()
    path = str(script)
    if script.is_dir() or zipfile.is_zipfile(script):
        runpy.run_path(path, run_name="__main__")
        return 0
    try:
        source = script.read_bytes()
    except OSError as error:
        reason = f"[Errno {error.errno}] {error.strerror}"
        sys.stderr.write(f"{sys.executable}: can't open file {path!r}: {reason}\n")
        return USAGE_EXIT
    _look_in(options, str(script.resolve().parent))
    module.__file__ = path
    module.__loader__ = SourceFileLoader("__main__", path)
    _execute(source, path, module)
    return 0


def _execute(source: str | bytes, name: str, module: ModuleType) -> None:
    # Without dont_inherit the `from __future__` of this file would hold for the project's code.
    exec(compile(source, name, "exec", dont_inherit=True), module.__dict__)  # noqa: S102


def _look_in(options: Options, folder: str) -> None:
    if not options.isolated:
        sys.path.insert(0, folder)


def _new_main() -> ModuleType:
    """The project's code gets a __main__ of its own, not the one of this program."""
    module = ModuleType("__main__")
    vars(module)["__builtins__"] = builtins
    sys.modules["__main__"] = module
    return module


def _unbuffered(stream: TextIO) -> TextIO:
    """What ``-u`` makes of a standard stream: every write reaches the pipe at once."""
    raw = open(stream.fileno(), "wb", buffering=0, closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(
        raw,
        encoding=stream.encoding,
        errors=stream.errors,
        write_through=True,
    )


def _report(error: BaseException) -> None:
    """Print the traceback that the project's own Python would print, without our frames."""
    trace: TracebackType | None = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals is globals():
        trace = trace.tb_next
    sys.excepthook(type(error), error.with_traceback(trace), trace)


def _step_aside() -> None:
    """Make our own packages unknown, so that a project's `backend` is the project's, or missing."""
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    sys.meta_path.insert(0, _WithoutOurs())


class _WithoutOurs:
    """Finds packages named like ours anywhere but where ours are."""

    def find_spec(
        self,
        name: str,
        path: Any = None,  # noqa: ARG002 -- the protocol of finders
        target: Any = None,
    ) -> ModuleSpec | None:
        if name not in OURS:
            return None
        shipped = getattr(sys, "_MEIPASS", None)
        spec = PathFinder.find_spec(name, [one for one in sys.path if one != shipped], target)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return spec
