"""djdesk export: read a project, run its checks when trusted, and write a file to keep."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from . import exits
from .output import write
from .private import engine_without_server
from .project import add_project_options, add_running_options, open_project


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "export",
        help="write a notebook, report or diagram",
        description=__doc__,
        allow_abbrev=False,
    )
    add_project_options(parser)
    parser.add_argument(
        "--format",
        required=True,
        help="ipynb, html, md, json, csv (a zip of tables), mermaid or dbml",
    )
    parser.add_argument("-o", "--output", metavar="FILE", required=True)
    add_running_options(parser, "allow the project's code to run")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    with engine_without_server(options):
        from inspector_app.exports import export, require_format
        from inspector_app.scans.scan import scan

        require_format(options.format)
        workspace = open_project(options)
        if options.trust:
            scan(workspace)
        result = export(workspace, options.format)
    write(result.data, options.output)
    return exits.FINE
