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

_LABEL = re.compile(r"[^\W\d]\w*\Z")
_MIGRATION = re.compile(r"\w[\w-]*\Z")
_ALIAS = re.compile(r"[\w][\w.-]*\Z")
_TAG = re.compile(r"[\w][\w.-]*\Z")


class Known(Protocol):
    """What a scan read of the project: the choices offered, None where nothing is known."""

    def app_labels(self) -> list[str] | None: ...

    def migrations(self, app_label: str) -> list[str] | None: ...

    def databases(self) -> list[str] | None: ...


@dataclass(frozen=True)
class Parameter:
    """One parameter of a preset. ``name`` is Django's own option name."""

    name: str
    label: str
    help: str = ""
    flag: str = ""
    required: bool = False
    positional: bool = False

    kind: ClassVar[str] = "text"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> Any:
        """The value to keep, or a :class:`Problem` that names this parameter."""
        raise NotImplementedError

    def arguments(self, value: Any) -> list[str]:
        """The part of the command line for a cleaned value."""
        return [value] if self.positional else [self.flag, value]

    def choices(self, known: Known) -> list[str] | None:  # noqa: ARG002 -- most have none
        """The values to offer, or None where any well-formed one may be typed."""
        return None

    def refuse(self, message: str, hint: str = "") -> Problem:
        return Problem("invalid_parameter", message, hint, field=self.name)

    def word(self, value: Any, pattern: re.Pattern[str], what: str) -> str:
        """``value`` as one plain word of the given form."""
        if not isinstance(value, str):
            raise self.refuse(f"{self.label}: expected {what}, got {type(value).__name__}.")
        if len(value) > LONGEST:
            raise self.refuse(f"{self.label}: longer than {LONGEST} characters.")
        if not pattern.match(value):
            raise self.refuse(f"{self.label}: {value[:60]!r} is not {what}.")
        return value

    def one_of(self, value: str, options: Sequence[str] | None, what: str) -> str:
        if options is not None and value not in options:
            shown = ", ".join(options[:12]) or "none"
            raise self.refuse(
                f"{self.label}: {value!r} is not {what}.",
                f"Known: {shown}. Read the project again if that is out of date.",
            )
        return value


@dataclass(frozen=True)
class AppLabel(Parameter):
    kind: ClassVar[str] = "choice"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:  # noqa: ARG002
        word = self.word(value, _LABEL, "an app label")
        return self.one_of(word, known.app_labels(), "an app of this project")

    def choices(self, known: Known) -> list[str] | None:
        return known.app_labels()


@dataclass(frozen=True)
class AppLabels(Parameter):
    kind: ClassVar[str] = "choices"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> list[str]:  # noqa: ARG002
        if not isinstance(value, list):
            raise self.refuse(f"{self.label}: expected a list of app labels.")
        if len(value) > MOST_VALUES:
            raise self.refuse(f"{self.label}: more than {MOST_VALUES} values.")
        words = [self.word(one, _LABEL, "an app label") for one in value]
        return [self.one_of(w, known.app_labels(), "an app of this project") for w in words]

    def arguments(self, value: Any) -> list[str]:
        return list(value)

    def choices(self, known: Known) -> list[str] | None:
        return known.app_labels()


@dataclass(frozen=True)
class MigrationName(Parameter):
    """A migration of the app that another parameter names, or a prefix of its name, as in Django.

    The app's parameter must be declared before this one.
    """

    app: str = "app_label"
    kind: ClassVar[str] = "migration"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:
        word = self.word(value, _MIGRATION, "a migration name")
        app = values.get(self.app, "")
        names = known.migrations(app)
        # An empty list may mean MIGRATION_MODULES, which only Django itself can follow.
        if names and not any(name.startswith(word) for name in names):
            self.one_of(word, names, f"a migration of {app}")
        return word


@dataclass(frozen=True)
class DatabaseAlias(Parameter):
    kind: ClassVar[str] = "choice"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:  # noqa: ARG002
        word = self.word(value, _ALIAS, "a database alias")
        return self.one_of(word, known.databases(), "a database of this project")

    def choices(self, known: Known) -> list[str] | None:
        return known.databases()


@dataclass(frozen=True)
class DatabaseAliases(DatabaseAlias):
    """Django's repeated ``--database``."""

    kind: ClassVar[str] = "choices"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> Any:
        if not isinstance(value, list) or len(value) > MOST_VALUES:
            raise self.refuse(f"{self.label}: expected a list of database aliases.")
        return [super(DatabaseAliases, self).clean(one, values, known) for one in value]

    def arguments(self, value: Any) -> list[str]:
        return [part for alias in value for part in (self.flag, alias)]


@dataclass(frozen=True)
class Tags(Parameter):
    kind: ClassVar[str] = "words"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> list[str]:  # noqa: ARG002
        if not isinstance(value, list) or len(value) > MOST_VALUES:
            raise self.refuse(f"{self.label}: expected a list of tags.")
        return [self.word(one, _TAG, "a check tag") for one in value]

    def arguments(self, value: Any) -> list[str]:
        return [part for tag in value for part in (self.flag, tag)]


@dataclass(frozen=True)
class OneOf(Parameter):
    options: tuple[str, ...] = field(default=())
    kind: ClassVar[str] = "choice"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:  # noqa: ARG002
        if not isinstance(value, str) or value not in self.options:
            shown = ", ".join(self.options)
            raise self.refuse(f"{self.label}: expected one of {shown}.")
        return value

    def choices(self, known: Known) -> list[str] | None:  # noqa: ARG002
        return list(self.options)


@dataclass(frozen=True)
class Flag(Parameter):
    kind: ClassVar[str] = "flag"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> bool:  # noqa: ARG002
        if not isinstance(value, bool):
            raise self.refuse(f"{self.label}: expected true or false.")
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
            raise self.refuse(f"{self.label}: expected a whole number.")
        if not self.least <= value <= self.most:
            raise self.refuse(f"{self.label}: expected {self.least} to {self.most}.")
        return value

    def arguments(self, value: Any) -> list[str]:
        return [self.flag, str(value)]

    def choices(self, known: Known) -> list[str] | None:  # noqa: ARG002
        return [str(number) for number in range(self.least, self.most + 1)]
