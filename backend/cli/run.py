"""``djdesk run``: run one allow-listed command and stream its output."""

from __future__ import annotations

import json
import signal
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from inspector_app.errors import Problem

from . import exits
from .private import add_project_options, engine_without_server, open_project
from .problems import tell

if TYPE_CHECKING:
    from inspector_app.events import Event
    from inspector_app.models import WorkspaceTaskRun


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "run", help="run an allow-listed command", description=__doc__, allow_abbrev=False
    )
    add_project_options(parser)
    parser.add_argument("preset", metavar="PRESET", help="see: djdesk presets")
    parser.add_argument("params", metavar="NAME=VALUE", nargs="*", help="its parameters")
    parser.add_argument("--trust", action="store_true", help="allow the project's code to run")
    parser.add_argument("--timeout", type=float, metavar="SECONDS")
    parser.add_argument("--tier", help="a sandbox tier; default: the strongest that works")
    parser.add_argument("--json", action="store_true", help="print the run as JSON, not its output")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    with engine_without_server():
        from inspector_app.commands import registry
        from inspector_app.events import bus
        from inspector_app.runs import live
        from inspector_app.runs.create import create_run
        from inspector_app.runs.execute import execute
        from inspector_app.runs.serialize import run_json

        preset = registry.get(options.preset)
        workspace = open_project(options)
        row = create_run(
            workspace,
            preset.name,
            parse_params(preset, options.params),
            timeout=options.timeout,
            tier=options.tier,
            enqueue=False,
        )
        # Ctrl+C stops the command in order, with its whole tree; its row says so.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: live.stop_all())
        printer = None if options.json else _Printer(row)
        if printer is not None:
            bus.listen(printer)
        execute(row.pk)
        row.refresh_from_db()
        if printer is None:
            print(json.dumps(run_json(row), indent=2))
        else:
            printer.finish()
        return _exit_code(row)


def parse_params(preset: Any, words: list[str]) -> dict[str, Any]:
    """``name=value`` words as the types of the preset's parameters; lists are comma-separated."""
    kinds = {parameter.name: parameter.kind for parameter in preset.parameters}
    params: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise Problem(
                "bad_usage", f"{word!r} is not of the form NAME=VALUE.", "For example deploy=true."
            )
        params[name] = _typed(kinds.get(name, "text"), value)
    return params


def _typed(kind: str, value: str) -> Any:
    if kind == "flag":
        return {"true": True, "1": True, "false": False, "0": False}.get(value.lower(), value)
    if kind in ("choices", "words"):
        return [part for part in value.split(",") if part]
    if kind == "integer" and value.isascii() and value.isdigit():
        return int(value)
    return value


class _Printer:
    """Copies what the log has gained to our own streams, each to its own."""

    def __init__(self, row: WorkspaceTaskRun) -> None:
        self._row = row
        self._shown = 0

    def __call__(self, event: Event) -> None:
        if event.kind == "log" and event.data["run"] == self._row.pk:
            self._print(event.data["lines"])

    def finish(self) -> None:
        """Print what is left, and why the run ended the way it did."""
        self._print(self._row.lines)
        if self._row.message:
            tell(Problem("run_ended", self._row.message, self._row.hint), as_json=False)

    def _print(self, upto: int) -> None:
        if not self._row.log.exists():
            return
        for line in self._row.log.lines(self._shown + 1, upto - self._shown):
            target = sys.stdout if line.stream == "stdout" else sys.stderr
            print(line.text, file=target, flush=True)
            self._shown = line.number


def _exit_code(row: WorkspaceTaskRun) -> int:
    status = row.Status
    if row.status == status.TIMED_OUT:
        return exits.TIMED_OUT
    if row.status == status.CANCELLED:
        return exits.INTERRUPTED
    if row.exit_code is not None:
        return row.exit_code
    return exits.FAILED if row.status != status.SUCCEEDED else exits.FINE
