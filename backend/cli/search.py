"""djdesk search: find a model, field, URL, setting or anything else of a project by its name."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from inspector_app.errors import Problem

from . import exits, hits, told
from .kept import engine_that_looks, kept_root
from .private import engine_without_server
from .project import add_project_options, add_running_options, scanned

if TYPE_CHECKING:
    from inspector_app.models import Scan

KINDS = (
    *("app", "model", "field", "url", "view", "setting", "migration", "finding", "command"),
    "run",
)
MOST = 100


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "search",
        help="find a model, URL, setting … by name",
        description=__doc__,
        allow_abbrev=False,
    )
    parser.add_argument("query", metavar="QUERY", help="words, or their beginnings")
    add_project_options(parser, nargs="?", default=".")
    parser.add_argument("--kind", choices=KINDS, help="nothing but these")
    parser.add_argument("--limit", type=_limit, default=20, metavar="N", help="default: 20")
    parser.add_argument(
        "--fresh", action="store_true", help="read the project now, whatever the window read before"
    )
    add_running_options(parser, "also start the project, isolated, and ask it")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    from inspector_app.scans.search.words import match

    if not match(options.query):
        raise Problem(
            "empty_query",
            "There is nothing to look for: the query has no letter and no digit.",
            "Name a model, a URL, a setting, or the beginning of one.",
            field="query",
        )
    with _read(options) as (scan, kept):
        from inspector_app.scans.search.query import find

        found = find(scan.workspace, options.query, options.limit, options.kind or "")
        reading = hits.reading(scan, kept=kept)
    if options.format == "json":
        print(json.dumps(hits.as_dict(options.query, reading, found), indent=2))
    else:
        hits.show(options.query, reading, found)
    return exits.FINE if found else exits.FAILED


@contextmanager
def _read(options: Namespace) -> Iterator[tuple[Scan, bool]]:
    """The newest scan of the project, and whether it is one that the window keeps."""
    root = None if _asks_for_a_reading(options) else kept_root(options.path, options.manage)
    if root is None:
        with engine_without_server(options):
            with told.progress():
                scan = scanned(options, to_search=True)
            yield scan, False
        return
    with engine_that_looks(options):
        from inspector_app.models import Workspace
        from inspector_app.scans.history import finished

        newest = finished(Workspace.objects.get(root=root)).defer("difference")
        yield newest.select_related("workspace")[0], True


def _asks_for_a_reading(options: Namespace) -> bool:
    set_up = (options.settings, options.python, options.env_files)
    return bool(options.fresh or options.trust or options.network or any(set_up))


def _limit(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= MOST:
        raise ArgumentTypeError(f"a number from 1 to {MOST}")
    return number
