"""The types a parameter of an own command may have."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from inspector_app.commands.parameters import LONGEST, NAME, Flag, Integer, Known, OneOf, Parameter
from inspector_app.commands.project_parameters import AppLabel, AppLabels, DatabaseAlias

from .table import Table, bad

_INTEGER_LIMIT = 1_000_000_000
_OPTIONS_LIMIT = 50

# One set of characters with bounds for the length, and nothing else of regular expressions: the
# project must not be able to hand over one that takes for ever.
_PATTERN = re.compile(
    r"\[(?P<set>(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[A-Za-z0-9_.:@/+%=])+-?)\]"
    r"\{(?P<least>\d{1,3}),(?P<most>\d{1,3})\}\Z",
    re.ASCII,
)


@dataclass(frozen=True)
class Word(Parameter):
    """One word of the form that the project wrote down; never one that looks like an option."""

    pattern: str = ""

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:  # noqa: ARG002
        what = f"a word of the form {self.pattern}"
        return self.word(value, re.compile(rf"(?!-){self.pattern}\Z", re.ASCII), what)


Builder = Callable[[Table, dict[str, Any]], Parameter]


def _integer(table: Table, common: dict[str, Any]) -> Parameter:
    least = table.integer("min", None, -_INTEGER_LIMIT, _INTEGER_LIMIT)
    most = table.integer("max", None, least, _INTEGER_LIMIT)
    if common["positional"] and least < 0:
        raise bad(table.key("min"), "a positional number is 0 or more.")
    return Integer(**common, least=least, most=most)


def _choice(table: Table, common: dict[str, Any]) -> Parameter:
    return OneOf(**common, options=table.words("options", NAME, _OPTIONS_LIMIT))


def _word(table: Table, common: dict[str, Any]) -> Parameter:
    pattern = table.text("pattern")
    match = _PATTERN.match(pattern)
    problem = "expected one set of characters and its bounds, as in [a-z0-9_]{1,40}."
    if match is None:
        raise bad(table.key("pattern"), problem)
    if not 1 <= int(match["least"]) <= int(match["most"]) <= LONGEST:
        raise bad(table.key("pattern"), f"its bounds are from 1 to {LONGEST}.")
    try:
        re.compile(pattern)
    except re.error as error:
        raise bad(table.key("pattern"), problem) from error
    # The form is part of what the user allows, so it stands beside the field.
    return Word(**{**common, "help": f"{common['help']} {pattern}".strip()}, pattern=pattern)


TYPES: dict[str, Builder] = {
    "flag": lambda _, common: Flag(**common),
    "integer": _integer,
    "choice": _choice,
    "app_label": lambda _, common: AppLabel(**common),
    "app_labels": lambda _, common: AppLabels(**common),
    "database": lambda _, common: DatabaseAlias(**common),
    "word": _word,
}
