"""Typed parameters. Each turns one untrusted value into arguments, or refuses it with a sentence.

There is no free text: a value that looks like an option, holds a control character or is longer
than any real name never reaches a command line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from inspector_app.errors import Problem

LONGEST = 200
MOST_VALUES = 100
KNOWN_SHOWN = 12

# Never a dash in front, and nothing that a line, a path or a list of values is made of.
NAME = re.compile(r"\w[\w.-]*\Z")


class Known(Protocol):
    """What was read of the project: the choices to offer, None where nothing is known."""

    def django(self) -> tuple[int, ...]:
        """The version of the project's Django; empty where no file tells it."""

    def app_labels(self) -> list[str] | None: ...

    def models(self, app_label: str) -> list[str] | None:
        """The names of an app's models to offer: those that hold data of their own."""

    def has_model(self, app_label: str, name: str) -> bool | None:
        """Whether there is such a model, in whatever case; None where that cannot be told."""

    def migrations(self, app_label: str) -> list[str] | None: ...

    def databases(self) -> list[str] | None: ...

    def engine(self, alias: str) -> str:
        """The last part of a database's engine; empty where it is not known for certain."""

    def check_tags(self) -> list[str]:
        """The tags that the project's own checks were seen to have."""

    def has_package(self, distribution: str) -> bool:
        """Whether the project's interpreter has it; true where that cannot be told."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a preset. ``name`` is Django's own option name.

    ``since`` is the version of Django, as in ``"4.1"``, that has it first; empty means all.
    """

    name: str
    label: str
    help: str = ""
    flag: str = ""
    required: bool = False
    positional: bool = False
    since: str = ""

    kind: ClassVar[str] = "text"
    many: ClassVar[bool] = False

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> Any:
        """The value to keep, or a :class:`Problem` that names this parameter.

        ``values`` are those of the parameters declared before it, already cleaned.
        """
        raise NotImplementedError

    def left_out(self, known: Known) -> None:
        """Refuse, with a :class:`Problem`, what the command does without a value."""

    def arguments(self, value: Any) -> list[str]:
        """The part of the command line for a cleaned value."""
        if self.positional:
            return list(value) if self.many else [value]
        values = value if self.many else [value]
        return [part for one in values for part in (self.flag, str(one))]

    def choices(self, known: Known) -> list[str] | None:  # noqa: ARG002 -- most have none
        """The values to offer, or None where any well-formed one may be typed."""
        return None

    def refuse(self, message: str, hint: str = "") -> Problem:
        return Problem("invalid_parameter", f"{self.label}: {message}", hint, field=self.name)

    def word(self, value: Any, pattern: re.Pattern[str], what: str) -> str:
        """``value`` as one plain word of the given form."""
        if not isinstance(value, str):
            raise self.refuse(f"expected {what}, got {type(value).__name__}.")
        if len(value) > LONGEST:
            raise self.refuse(f"longer than {LONGEST} characters.")
        if not pattern.match(value):
            raise self.refuse(f"{value[:60]!r} is not {what}.")
        return value

    def listed(self, value: Any, what: str) -> list[Any]:
        """``value`` as a list that is not endless; its items are still unchecked."""
        if not isinstance(value, list):
            raise self.refuse(f"expected a list of {what}.")
        if len(value) > MOST_VALUES:
            raise self.refuse(f"more than {MOST_VALUES} values.")
        return value

    def one_of(self, value: str, options: Sequence[str] | None, what: str) -> str:
        if options is not None and value not in options:
            shown = ", ".join(options[:KNOWN_SHOWN]) or "none"
            if len(options) > KNOWN_SHOWN:
                shown += f" and {len(options) - KNOWN_SHOWN} more"
            raise self.refuse(
                f"{value!r} is not {what}.",
                f"Known: {shown}. Read the project again if that is out of date.",
            )
        return value


@dataclass(frozen=True)
class Words(Parameter):
    """Names that DJDesk has no list of."""

    what: str = "a name"
    kind: ClassVar[str] = "words"
    many: ClassVar[bool] = True

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> list[str]:  # noqa: ARG002
        return [self.word(one, NAME, self.what) for one in self.listed(value, "names")]


@dataclass(frozen=True)
class OneOf(Parameter):
    options: tuple[str, ...] = field(default=())
    kind: ClassVar[str] = "choice"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:  # noqa: ARG002
        options = self.choices(known)
        if not isinstance(value, str) or value not in options:
            raise self.refuse(f"expected one of {', '.join(options)}.")
        return value

    def choices(self, known: Known) -> list[str]:  # noqa: ARG002 -- some kinds ask the project
        return list(self.options)


@dataclass(frozen=True)
class Flag(Parameter):
    kind: ClassVar[str] = "flag"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> bool:  # noqa: ARG002
        if not isinstance(value, bool):
            raise self.refuse("expected true or false.")
        return value

    def arguments(self, value: Any) -> list[str]:
        return [self.flag] if value else []


@dataclass(frozen=True)
class Integer(Parameter):
    least: int = 0
    most: int = 3
    kind: ClassVar[str] = "integer"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> int:  # noqa: ARG002
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refuse("expected a whole number.")
        if not self.least <= value <= self.most:
            raise self.refuse(f"expected {self.least} to {self.most}.")
        return value

    def arguments(self, value: Any) -> list[str]:
        return super().arguments(str(value))
