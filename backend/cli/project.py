"""The options of every command that opens a project, and opening it with them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import Problem

if TYPE_CHECKING:
    from inspector_app.models import Scan, Workspace


def add_project_options(
    parser: ArgumentParser, nargs: str | None = None, default: str | None = None
) -> None:
    """``default`` is the folder that is meant where none has to be named."""
    words = f"the project's folder; default: {default}" if default else "the project's folder"
    parser.add_argument("path", metavar="PATH", nargs=nargs, default=default, help=words)
    parser.add_argument("--settings", metavar="MODULE", help="the settings module to use")
    parser.add_argument("--python", metavar="FILE", help="the interpreter to use, or its folder")
    parser.add_argument(
        "--env-file",
        metavar="FILE",
        action="append",
        dest="env_files",
        help="give commands the variables in FILE; may be repeated",
    )
    parser.add_argument("--manage", metavar="FILE", help="the manage.py to use, where several are")


def add_running_options(parser: ArgumentParser, trust: str) -> None:
    """For a command that may run the project's code; ``trust`` says what for."""
    parser.add_argument("--trust", action="store_true", help=trust)
    parser.add_argument(
        "--network",
        action="store_true",
        help="with --trust: let the project's code reach the network, so also database servers",
    )


def open_project(options: Namespace, *, read: bool = True) -> Workspace:
    """Open the project that the options name; read from its files.

    Nothing of it is run; with ``--trust`` its interpreter is started once. Without ``read`` both
    are left to a scan that follows.
    """
    from inspector_app.workspaces import trust
    from inspector_app.workspaces.opening import open_path
    from inspector_app.workspaces.verify import verify

    trusted, network = (getattr(options, name, False) for name in ("trust", "network"))
    if network and not trusted:
        raise Problem(
            "not_trusted",
            "--network is for the project's code, and that does not run without --trust.",
            "Add --trust, or leave --network out.",
        )
    workspace = open_path(
        options.path,
        settings_module=options.settings,
        python=_from_here(options.python) if options.python else None,
        env_files=[_from_here(file) for file in options.env_files or ()] or None,
        manage=options.manage,
        read=read,
    )
    if trusted:
        workspace.network = network
        workspace.save(update_fields=["network"])
        trust.grant(workspace)
        if read:
            verify(workspace)
    return workspace


def scanned(options: Namespace, *, to_search: bool = False) -> Scan:
    """The project that the options name, opened and read; with ``--trust`` it is started as well.

    Raises:
        Problem: it could not be read.
    """
    from inspector_app.scans.scan import scan, scan_once

    workspace = open_project(options, read=False)
    row = scan(workspace) if to_search else scan_once(workspace)
    if row.problem is not None:
        raise Problem(row.problem["code"], row.problem["message"], row.problem["hint"])
    return row


def _from_here(file: str) -> str:
    """A file that is named on a command line is relative to where that was typed, if it is there.

    Otherwise to the project.
    """
    return str(Path(file).absolute()) if Path(file).exists() else file
