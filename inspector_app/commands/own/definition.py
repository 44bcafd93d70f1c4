"""From the tables of djdesk.toml to presets: strict, and all of them or none."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from inspector_app.commands import preset as groups
from inspector_app.commands.parameters import Parameter
from inspector_app.commands.preset import Preset
from inspector_app.commands.presets import PRESETS

from .table import Table, bad
from .types import TYPES

MOST_COMMANDS = 50
MOST_PARAMETERS = 30

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}\Z")
_PARAMETER = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_COMMAND = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}\Z")
_FLAG = re.compile(r"--[a-z][a-z0-9-]{0,58}\Z")

# Django's options for every command, which DJDesk sets by itself or never.
_RESERVED = frozenset(
    {
        *("--help", "--version", "--settings", "--pythonpath", "--traceback"),
        *("--no-color", "--force-color", "--skip-checks"),
    }
)


def presets_of(content: dict[str, Any]) -> list[Preset]:
    """Every command in the file.

    Raises:
        Problem: ``bad_own_commands`` for the first thing that is not as it must be.
    """
    top = Table(content, "")
    raw = content.get("commands")
    presets = [
        _preset(name, table, raw[name] if isinstance(raw, dict) else {})
        for name, table in top.tables("commands", MOST_COMMANDS, _NAME)
    ]
    top.finish()
    return presets


def _preset(name: str, table: Table, raw: dict[str, Any]) -> Preset:
    if name in PRESETS:
        raise bad(
            table.path,
            f"DJDesk has a preset of this name; choose another one, and set command = {name!r}.",
        )
    command = table.word("command", name, _COMMAND, "the name of a management command")
    summary = table.text("summary", "of this project", most=60)
    description = table.text("description", "A management command of this project.")
    skips_checks = table.boolean("skip_checks")
    inner = table.tables("parameters", MOST_PARAMETERS, _PARAMETER)
    parameters = [_parameter(each, below) for each, below in inner]
    table.finish()
    _require_order(parameters, table)
    return Preset(
        name=name,
        group=groups.OWN,
        summary=summary,
        description=description,
        reads="Whatever its code reads; DJDesk knows nothing about it.",
        parameters=tuple(parameters),
        command=command,
        skips_checks=skips_checks,
        # What it writes must not reach the project: its code was never looked at by anybody.
        rehearsal=True,
        digest=_digest(name, raw),
    )


def _parameter(name: str, table: Table) -> Parameter:
    kind = table.text("type")
    if kind not in TYPES:
        raise bad(table.key("type"), f"{kind[:40]!r} is none of {', '.join(TYPES)}.")
    positional = table.boolean("positional")
    if positional and kind == "flag":
        raise bad(table.key("positional"), "a flag is never positional.")
    common: dict[str, Any] = {
        "name": name,
        "label": table.text("label", name.replace("_", " ").capitalize(), most=40),
        "help": table.text("help", "", most=120),
        "required": table.boolean("required"),
        "positional": positional,
        "flag": "" if positional else _flag(name, table),
    }
    parameter = TYPES[kind](table, common)
    table.finish()
    return parameter


def _flag(name: str, table: Table) -> str:
    flag = table.word("flag", f"--{name.replace('_', '-')}", _FLAG, "an option such as --limit")
    # argparse takes the beginning of an option for the option.
    if any(reserved.startswith(flag) for reserved in _RESERVED):
        raise bad(table.key("flag"), f"{flag} is or begins an option that is Django's own.")
    return flag


def _require_order(parameters: list[Parameter], table: Table) -> None:
    """No value may land in another one's place, and no option may be two parameters."""
    flags: set[str] = set()
    optional = ""
    for parameter in parameters:
        path = f"{table.path}.parameters.{parameter.name}"
        if parameter.flag in flags:
            raise bad(path, f"{parameter.flag} is another parameter's option already.")
        flags |= {parameter.flag} - {""}
        if parameter.positional and optional:
            raise bad(path, f"it would take the place of {optional}, which may be left out.")
        if parameter.positional and (parameter.many or not parameter.required):
            optional = parameter.name


def _digest(name: str, raw: dict[str, Any]) -> str:
    """Names the definition with every key of it, in order: positionals depend on that."""
    return hashlib.sha256(json.dumps([name, raw]).encode()).hexdigest()
