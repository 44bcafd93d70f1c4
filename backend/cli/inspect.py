"""djdesk inspect: read a project and print what it is and what is wrong with it."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from . import exits, told
from .compared import difference, read_report
from .output import write
from .private import engine_without_server
from .project import add_project_options, add_running_options, scanned

_AT_LEAST = {"error": {"error"}, "warning": {"error", "warning"}}


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "inspect", help="read a project and report", description=__doc__, allow_abbrev=False
    )
    add_project_options(parser)
    add_running_options(parser, "also start the project, isolated, and ask it")
    parser.add_argument("--format", choices=("text", "json", "md", "html"), default="text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there, not to stdout")
    parser.add_argument(
        "--compare", metavar="REPORT", help="say what changed since this JSON report"
    )
    parser.add_argument(
        "--fail-on", choices=tuple(_AT_LEAST), help="exit 1 for findings of this level or worse"
    )
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    before = read_report(options.compare) if options.compare else None
    with engine_without_server(options):
        with told.progress():
            report: dict[str, Any] = scanned(options).report
        if before is not None:
            report["difference"] = difference(before, report, options.compare)
        text = _render(report, options)
    write(text.encode(), options.output)
    if options.fail_on:
        if not report["trusted"]:
            print(
                "djdesk: --fail-on knows only what the source text proves.\n"
                "        Add --trust to start the project and run its checks.",
                file=sys.stderr,
            )
        severities = {finding["severity"] for finding in report["findings"]}
        if severities & _AT_LEAST[options.fail_on]:
            return exits.FAILED
    return exits.FINE


def _render(report: dict[str, Any], options: Namespace) -> str:
    if options.format == "json":
        # A line for each part: to indent all of a large report takes a tenth of a second.
        parts = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in report.items()]
        return "{\n" + ",\n".join(parts) + "\n}\n"
    from inspector_app.scans.render import html, markdown, style, text

    if options.format == "text":
        to_file = options.output not in (None, "-")
        return text.render(report, style.PLAIN if to_file else style.style_of(sys.stdout))
    return {"md": markdown.render, "html": html.render}[options.format](report)
