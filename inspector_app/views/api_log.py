"""A run's output over HTTP: any range of lines, what is in it, and whole streams to keep."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun
from inspector_app.runs.log import STDOUT, STREAMS, amount
from inspector_app.runs.log_blocks import plain_text
from inspector_app.runs.log_marks import marks as read_marks
from inspector_app.runs.log_search import Matches, Query
from inspector_app.runs.log_search import matches as search
from inspector_app.runs.serialize import lines_json

from .api import api, number, only, run_or_404

COUNT_LIMIT = 2000
# Places that a filtered log shows; what is beyond them is only counted.
RANGES = 20_000
CONTEXT_LIMIT = 20
TEXT_LIMIT = 500
SEARCH = ("q", "case", "stream")


@api("GET")
def lines(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Lines ``from`` (counted from 1) on, at most ``count`` of them."""
    only(request, ("from", "count"))
    first = number(request, "from", 1, least=1)
    count = min(number(request, "count", 500, least=0), COUNT_LIMIT)
    return JsonResponse(lines_json(run_or_404(run_id), first, count))


@api("GET")
def find(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """The match after, before or from ``line`` on, and the how-manieth of all it is."""
    only(request, (*SEARCH, "line", "to"))
    line = number(request, "line", 1, least=0)
    to = request.GET.get("to", "here")
    if to not in ("here", "next", "previous"):
        raise Problem("invalid_parameter", "to is here, next or previous.", field="to")
    place = _search(request, run_id).place(line, to)
    return JsonResponse({"total": place.total, "n": place.n, "line": place.line})


@api("GET")
def matches(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Every matching line, as ranges with ``context`` lines around them."""
    only(request, (*SEARCH, "context"))
    context = min(number(request, "context", 0, least=0), CONTEXT_LIMIT)
    found = _search(request, run_id)
    ranges, complete = found.ranges(context, RANGES)
    return JsonResponse({"total": len(found.lines()), "ranges": ranges, "complete": complete})


@api("GET")
def marks(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Tracebacks, the lines that say what went wrong, and how many lines each stream has."""
    only(request, ())
    return JsonResponse(read_marks(run_or_404(run_id).folder).as_dict())


@api("GET")
def stdout(request: HttpRequest, run_id: int) -> HttpResponseBase:  # noqa: ARG001
    """Standard output alone, byte for byte but for redacted secrets."""
    run = run_or_404(run_id)
    data, missing = run.log.stream(STDOUT), _missing(run)
    if not missing:
        return _download(run, data, "stdout.txt")
    # It can be no valid file of its kind any more, so it may say so at its end.
    note = f"\nDJDesk: this is not all of it, {amount(missing)} of output were omitted\n"
    return _download(run, chain(data, [note.encode()]), "stdout.incomplete.txt")


@api("GET")
def text(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Everything in arrival order, as it came or (``plain``) as it is displayed."""
    only(request, ("plain",))
    run = run_or_404(run_id)
    plain = request.GET.get("plain", "") not in ("", "0")
    return _download(run, plain_text(run.folder) if plain else run.log.chunks(), "log.txt")


def _download(run: WorkspaceTaskRun, data: Iterator[bytes], suffix: str) -> HttpResponseBase:
    if not run.log.exists():
        raise Problem("not_found", f"Run #{run.number} has no output.")
    # What differs from what the command wrote must not pass for it once it is on somebody's disk.
    mark = "redacted." if run.redacted else ""
    name = f"{run.workspace.slug}-{run.number}-{run.preset}.{mark}{suffix}"
    response = StreamingHttpResponse(
        data,
        content_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-DJDesk-Redacted": str(run.redacted),
        },
    )
    if missing := _missing(run):
        response["X-DJDesk-Omitted-Bytes"] = str(missing)
    return response


def _missing(run: WorkspaceTaskRun) -> int:
    return sum(gap.size for gap in run.log.gaps())


def _search(request: HttpRequest, run_id: int) -> Matches:
    text, stream = request.GET.get("q", ""), request.GET.get("stream", "")
    if len(text) > TEXT_LIMIT:
        raise Problem("invalid_parameter", f"q has at most {TEXT_LIMIT} characters.", field="q")
    if stream and stream not in STREAMS:
        raise Problem(
            "invalid_parameter", f"stream is one of {', '.join(STREAMS)}.", field="stream"
        )
    case = request.GET.get("case", "") not in ("", "0")
    return search(run_or_404(run_id).folder, Query(text, case, stream))
