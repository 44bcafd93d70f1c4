"""What every door must refuse: a table of requests, and what has to be said about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

LONG = "x" * 201


@dataclass(frozen=True)
class Refusal:
    """A request that must be refused, and what has to be said about it.

    ``typed`` ones cannot be written on a command line, where every value is text.
    """

    name: str
    says: str
    preset: Any = "check"
    params: Any = field(default_factory=dict)
    typed: bool = False


def values(preset: str, name: str, wrap: Callable[[str], Any], what: str) -> list[Refusal]:
    """Values that no parameter made of words may have."""
    hostile = {
        "an option": "--settings=evil",
        "a short option": "-o",
        "two words": "a b",
        "a line break": "a\nb",
        "a line break at the end": "orders\n",
        "a NUL": "a\0b",
        "a shell's words": "$(id);ls",
        "a path": "../etc",
        "a direction mark": "a\u202eb",
        "an overlong value": LONG,
        "nothing but a space": " ",
    }
    return [
        Refusal(
            f"{preset} {name}: {kind}",
            "longer than 200" if value == LONG else what,
            preset,
            {name: wrap(value)},
            # A process cannot be started with a NUL in its arguments.
            typed="\0" in value,
        )
        for kind, value in hostile.items()
    ]


def single(value: str) -> str:
    return value


def many(value: str) -> list[str]:
    return [value]


COMMANDS = [
    Refusal("an unknown command", "not on the list", "flush"),
    Refusal("another command of Django", "not on the list", "shell"),
    Refusal("an abbreviated command", "not on the list", "chec"),
    Refusal("a command in capitals", "not on the list", "CHECK"),
    Refusal("a command with a line break", "not on the list", "check\n"),
    Refusal("a command with a NUL", "not on the list", "check\0", typed=True),
    Refusal("a command with its options", "not on the list", "check --deploy"),
    Refusal("an overlong command", "not on the list", "c" * 70),
    Refusal("a preset's title", "not on the list", "migrate --plan"),
]
KEYS = [
    Refusal(f"{preset}: {kind}", "has no parameter", preset, {name: "true"})
    for preset in ("check", "dumpdata", "migrate", "makemigrations")
    for kind, name in {
        "an unknown key": "settings",
        "an abbreviated key": "verb",
        "a key with its dashes": "--verbosity",
        "a key in capitals": "DATABASE",
        "a key with a line break": "database\n",
        "an overlong key": LONG,
        "a file to write": "output_file",
        "what would apply it": "fake",
    }.items()
]
TYPES = [
    Refusal("a word for a flag", "expected true or false", "check", {"deploy": "yes"}),
    Refusal("a number for a flag", "true or false", "check", {"deploy": 1}, typed=True),
    Refusal("a word for a number", "whole number", "check", {"verbosity": "high"}),
    Refusal("a fraction", "whole number", "check", {"verbosity": 1.5}, typed=True),
    Refusal("a flag for a number", "whole number", "check", {"verbosity": True}, typed=True),
    Refusal("too large a number", "0 to 3", "check", {"verbosity": 4}),
    Refusal("a negative number", "0 to 8", "dumpdata", {"indent": -1}),
    Refusal("a huge number", "0 to 8", "dumpdata", {"indent": 10**17}),
    Refusal("text for a list", "a list", "check", {"app_labels": "orders"}, typed=True),
    Refusal("a list of lists", "got list", "check", {"tags": [["a"]]}, typed=True),
    Refusal("a list of numbers", "got int", "check", {"tags": [5]}, typed=True),
    Refusal("a list for text", "got list", "migrate", {"app_label": ["auth"]}, typed=True),
    Refusal("an object for text", "got dict", "sqlflush", {"database": {"a": 1}}, typed=True),
    Refusal("too many values", "more than 100", "check", {"tags": ["a"] * 101}),
    Refusal("a level in small letters", "one of CRITICAL", "check", {"fail_level": "error"}),
    Refusal("an unknown format", "one of json", "dumpdata", {"format": "python"}),
    Refusal("a list instead of parameters", "names and values", params=["-x"], typed=True),
    Refusal("text instead of parameters", "names and values", params="-x", typed=True),
]
PROJECT = [
    Refusal("an app it has not", "an app of this project", "check", {"app_labels": ["nosuch"]}),
    Refusal("its app's model", "an app of", "dumpdata", {"exclude": ["nosuch.Thing"]}),
    Refusal("a database it has not", "a database of", "migrate", {"database": "replica"}),
    Refusal("a migration without an app", "one of an app", "migrate", {"migration_name": "0001"}),
    Refusal(
        "a migration it has not",
        "a migration of auth",
        "migrate",
        {"app_label": "auth", "migration_name": "9999"},
    ),
    Refusal(
        "the beginning of more than one migration",
        "more than one migration of auth",
        "sqlmigrate",
        {"app_label": "auth", "migration_name": "000"},
    ),
    Refusal(
        "zero where it means nothing",
        "a migration of auth",
        "sqlmigrate",
        {"app_label": "auth", "migration_name": "zero"},
    ),
    Refusal("keys of no model", "keys are those of one model", "dumpdata", {"pks": ["1"]}),
    Refusal("keys of an app", "one model", "dumpdata", {"pks": ["1"], "app_labels": ["auth"]}),
]
MISSING = [
    Refusal("nothing that it needs", "needs app", "sqlmigrate", {}),
    Refusal("half of what it needs", "needs migration", "sqlmigrate", {"app_label": "auth"}),
    Refusal("an empty value", "needs apps", "sqlsequencereset", {"app_labels": []}, typed=True),
]
REFUSALS = [
    *COMMANDS,
    *KEYS,
    *TYPES,
    *PROJECT,
    *values("check", "app_labels", many, "is not an app label"),
    *values("check", "tags", many, "is not a check tag"),
    *values("check", "databases", many, "is not a database alias"),
    *values("migrate", "app_label", single, "is not an app label"),
    *values("dumpdata", "exclude", many, "is not an app label or app_label.Model"),
    *values("dumpdata", "pks", many, "is not a key"),
    *values("inspectdb", "table", many, "is not a table's name"),
    *values("sqlflush", "database", single, "is not a database alias"),
    *values("dumpdata", "format", single, "expected one of"),
]
# OneOf refuses an overlong value as what it is: none of the choices.
REFUSALS = [
    Refusal(r.name, "expected one of", r.preset, r.params) if r.params == {"format": LONG} else r
    for r in REFUSALS
]
ALL = [*REFUSALS, *MISSING]


# Each takes most of a second: of the hostile values those of a list and those of a single word.
WRITTEN = [
    *(one for one in (*COMMANDS, *KEYS, *TYPES, *PROJECT, *MISSING) if not one.typed),
    *(one for one in values("check", "tags", many, "is not a check tag") if not one.typed),
    *(one for one in values("migrate", "app_label", single, "not an app label") if not one.typed),
]
