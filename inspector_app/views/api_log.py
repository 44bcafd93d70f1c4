"""A run's output over HTTP: any range of lines for the page, whole streams to keep."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun
from inspector_app.runs.log import STDOUT, Line

from .api import api, run_or_404

COUNT_LIMIT = 2000
# Bytes of one line; the rest of a longer one is only in the download.
WIDTH = 4000


@api("GET")
def lines(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Lines ``from`` (counted from 1) on, at most ``count`` of them."""
    _only(request, ("from", "count"))
    first = _number(request, "from", 1, least=1)
    count = min(_number(request, "count", 500, least=0), COUNT_LIMIT)
    run = run_or_404(run_id)
    # In this order: what is complete now has all of its lines, and none is beyond the total.
    found = list(run.log.lines(first, count, WIDTH))
    return JsonResponse(
        {
            "from": first,
            "total": run.log.total(),
            "lines": [
                {
                    "n": line.number,
                    "stream": line.stream,
                    "t": round(line.seconds, 3),
                    "text": _text(line),
                }
                for line in found
            ],
            "complete": not run.active,
        }
    )


@api("GET")
def stdout(request: HttpRequest, run_id: int) -> HttpResponseBase:  # noqa: ARG001
    """Standard output alone, byte for byte but for redacted secrets."""
    run = run_or_404(run_id)
    return _download(run, run.log.stream(STDOUT), "stdout.txt")


@api("GET")
def text(request: HttpRequest, run_id: int) -> HttpResponseBase:  # noqa: ARG001
    """Everything in arrival order."""
    run = run_or_404(run_id)
    return _download(run, run.log.chunks(), "log.txt")


def _download(run: WorkspaceTaskRun, data: Iterator[bytes], suffix: str) -> HttpResponseBase:
    if not run.log.exists():
        raise Problem("not_found", f"Run #{run.number} has no output.")
    # What differs from what the command wrote must not pass for it once it is on somebody's disk.
    mark = "redacted." if run.redacted else ""
    name = f"{run.workspace.slug}-{run.number}-{run.preset}.{mark}{suffix}"
    return StreamingHttpResponse(
        data,
        content_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-DJDesk-Redacted": str(run.redacted),
        },
    )


def _only(request: HttpRequest, allowed: tuple[str, ...]) -> None:
    for name in request.GET:
        if name not in allowed:
            raise Problem(
                "unknown_key",
                f"The request asks for the unknown {name[:60]!r}.",
                f"Known: {', '.join(allowed)}.",
                field=name[:60],
            )


def _number(request: HttpRequest, name: str, default: int, *, least: int) -> int:
    raw = request.GET.get(name, "")
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or len(raw) > 12 or int(raw) < least:
        raise Problem("invalid_parameter", f"{name} is a whole number from {least}.", field=name)
    return int(raw)


def _text(line: Line) -> str:
    return f"{line.text} … {line.omitted:,} more bytes" if line.omitted else line.text
