"""An exception as DJDesk is told of it; the words for people are made there."""

from __future__ import annotations

import os
import sys
import traceback
from types import FrameType, TracebackType
from typing import Any, Iterator

from .plain import text

_FRAMES = 60
_CHAIN = 6
# Neither the importing itself nor the probe is a place that explains anything.
_MACHINERY = ("<frozen ", "<string>")


def describe(error: BaseException) -> dict[str, Any]:
    """What happened and where; ``causes`` are the exceptions that led to it, nearest first."""
    said = _one(error)
    said["causes"] = [_one(cause) for cause in _causes(error)]
    return said


def print_traceback(error: BaseException) -> None:
    """Into the log, where it would stand without the probe."""
    trace = error.__traceback__
    while trace is not None and _is_ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    try:
        traceback.print_exception(type(error), error, trace)
    except Exception:
        sys.stderr.write(f"{type(error).__name__}: {text(error)}\n")


def stack(frame: FrameType | None) -> list[dict[str, Any]]:
    """Where a thread is, outermost first."""
    found: list[tuple[str, int, str]] = []
    while frame is not None:
        found.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    return _frames(reversed(found))


def _one(error: BaseException) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": type(error).__name__,
        "kinds": [kind.__name__ for kind in type(error).__mro__[:-1]],
        "text": text(error),
        "frames": _frames(_walk(error.__traceback__)),
    }
    if isinstance(error, ImportError):
        said["name"] = text(error.name or "")
        said["path"] = text(error.path or "")
    elif isinstance(error, KeyError) and _asked_environment(error):
        said["variable"] = text(error.args[0])
    elif isinstance(error, SyntaxError):
        said["syntax"] = {
            "file": text(error.filename or _compiled(error)),
            "line": error.lineno or 0,
            "text": text(error.text or "").strip(),
            "message": text(error.msg),
        }
    elif isinstance(error, ValueError) and (compiled := _compiled(error)):
        said["syntax"] = {"file": compiled, "line": 0, "text": "", "message": text(error)}
    elif isinstance(error, SystemExit):
        said["code"] = text(error.code)
    elif isinstance(error, OSError):
        said["errno"] = error.errno or 0
        said["file"] = text(error.filename or "")
    return said


def _asked_environment(error: KeyError) -> bool:
    """Whether it was looked for in os.environ, not in any other dictionary."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_locals.get("self") is os.environ


def _compiled(error: BaseException) -> str:
    """The file that was compiled when it was raised: of one with NUL bytes Python names none."""
    trace, name = error.__traceback__, ""
    while trace is not None:
        code, known = trace.tb_frame.f_code, trace.tb_frame.f_locals
        if code.co_name == "source_to_code" and code.co_filename.startswith("<frozen "):
            name = text(known.get("path", ""))
        elif code.co_name != "_call_with_frames_removed":
            name = ""
        trace = trace.tb_next
    return name


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen = [error]
    while len(seen) <= _CHAIN:
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is None or any(cause is one for one in seen):
            return
        yield cause
        seen.append(cause)
        error = cause


def _walk(trace: TracebackType | None) -> Iterator[tuple[str, int, str]]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield code.co_filename, trace.tb_lineno, code.co_name
        trace = trace.tb_next


def _frames(found: Iterator[tuple[str, int, str]]) -> list[dict[str, Any]]:
    kept = [
        {"file": file, "line": line, "function": function}
        for file, line, function in found
        if not _is_ours(file) and not file.startswith(_MACHINERY)
    ]
    return kept[-_FRAMES:]


# As the code names it, which is not where the file lies when it was compiled before.
_HERE = describe.__code__.co_filename[: -len("djdesk_probe/failures.py")]


def _is_ours(file: str) -> bool:
    return file.startswith(_HERE) or file.endswith("runpy.py")
