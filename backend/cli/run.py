"""djdesk run: run one allow-listed command and stream its output."""

from __future__ import annotations

import json
import logging
import re
import signal
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from inspector_app.errors import Problem

from . import exits, interrupts
from .printer import Printer
from .private import engine_without_server
from .problems import harmless, tell
from .project import add_project_options, add_running_options, open_project
from .proof import proof
from .rehearsal import rehearsed, require_rehearsal, would_change, write_patch

if TYPE_CHECKING:
    from inspector_app.commands.parameters import Parameter
    from inspector_app.commands.preset import Preset
    from inspector_app.models import Workspace, WorkspaceTaskRun

_INTEGER = re.compile(r"-?[0-9]{1,18}\Z")

logger = logging.getLogger(__name__)


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "run", help="run an allow-listed command", description=__doc__, allow_abbrev=False
    )
    add_project_options(parser)
    parser.add_argument("preset", metavar="PRESET", help="see: djdesk presets")
    parser.add_argument("params", metavar="NAME=VALUE", nargs="*", help="its parameters")
    add_running_options(parser, "allow the project's code to run")
    parser.add_argument(
        "--consent", metavar="DIGEST", help="allow this definition of a command in djdesk.toml"
    )
    parser.add_argument("--timeout", type=float, metavar="SECONDS")
    parser.add_argument("--tier", help="default: the strongest that works; guarded: no isolation")
    parser.add_argument(
        "--patch", metavar="FILE", help="of a rehearsal: write what it would change, for git apply"
    )
    parser.add_argument("--json", action="store_true", help="print the run as JSON, not its output")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    with engine_without_server(options):
        from inspector_app.runs.create import create_run
        from inspector_app.runs.execute import execute
        from inspector_app.runs.serialize import run_json

        workspace = open_project(options)
        row = create_run(
            workspace,
            options.preset,
            _params(workspace, options),
            timeout=options.timeout,
            tier=options.tier,
            enqueue=False,
        )
        interrupt = _Interrupt()
        printer = Printer(row, interrupt.stop, silent=options.json)
        with printer.listening():
            execute(row.pk)
        row.refresh_from_db()
        printer.finish()
        result = rehearsed(row)
        if options.json:
            facts = {"rehearsal_result": result.facts} if result is not None else {}
            print(json.dumps(run_json(row) | facts, indent=2))
        else:
            _tell_end(row)
            for line in would_change(result):
                print(harmless(f"djdesk: {line}"), file=sys.stderr)
        if options.patch is not None:
            write_patch(row, result, options.patch)
        return interrupt.number + exits.SIGNALLED if interrupt.number else exit_code(row)


def _tell_end(row: WorkspaceTaskRun) -> None:
    """What a person wants to know behind the output, on standard error."""
    if row.message:
        tell(Problem("run_ended", row.message, row.hint), as_json=False)
    if row.redacted:
        noun = "secret" if row.redacted == 1 else "secrets"
        print(f"djdesk: {row.redacted} {noun} redacted", file=sys.stderr)
    for line in proof(row):
        print(harmless(f"djdesk: {line}"), file=sys.stderr)


class _Interrupt:
    """A signal ends the command in order, with its whole tree, and its row says so."""

    def __init__(self) -> None:
        self.number = 0
        for number in interrupts.numbers():
            signal.signal(number, self.stop)

    def stop(self, number: int, _frame: object = None) -> None:
        from inspector_app.runs import live

        self.number = number
        live.stop_all()


def _params(workspace: Workspace, options: Namespace) -> dict[str, Any]:
    """The parameters for the preset that is named; for none if there is no such preset."""
    from inspector_app.commands import registry
    from inspector_app.commands.own import consent

    try:
        preset = registry.get(options.preset, workspace)
        if options.patch is not None:
            require_rehearsal(preset)
        if options.consent is not None:
            consent.grant(workspace, preset, options.consent)
        return parse_params(preset, options.params)
    except Problem as problem:
        logger.warning("refused a run: %s", problem)
        raise


def parse_params(preset: Preset, words: list[str]) -> dict[str, Any]:
    """``name=value`` words as the types of the preset's parameters; lists are comma-separated."""
    parameters = {parameter.name: parameter for parameter in preset.parameters}
    params: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise Problem(
                "bad_usage", f"{word!r} is not of the form NAME=VALUE.", "For example deploy=true."
            )
        if name in params:
            raise Problem(
                "bad_usage",
                f"{name!r} is given twice.",
                "Values of a list are separated by commas.",
            )
        params[name] = _typed(parameters.get(name), value)
    return params


def _typed(parameter: Parameter | None, value: str) -> Any:
    if parameter is not None and parameter.many:
        return [part for part in value.split(",") if part]
    kind = parameter.kind if parameter is not None else ""
    if kind == "flag":
        return {"true": True, "1": True, "false": False, "0": False}.get(value.lower(), value)
    if kind == "integer" and _INTEGER.match(value):
        return int(value)
    return value


def exit_code(row: WorkspaceTaskRun) -> int:
    """The command's own code where it ended by itself."""
    if row.status == row.Status.TIMED_OUT:
        return exits.TIMED_OUT
    if row.status == row.Status.OUTPUT_LIMIT:
        return exits.FAILED
    if row.status in (row.Status.FAILED, row.Status.SUCCEEDED) and row.exit_code is not None:
        return row.exit_code
    if row.signal is not None:
        return exits.SIGNALLED + row.signal
    # Without a process it was refused before it began.
    return exits.REFUSED if row.pid is None else exits.FAILED
