"""The one way an error reaches a person: what happened, what to do next, a code for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """One of several ways on, offered with a problem (one of several manage.py files, say)."""

    label: str
    value: str


class Problem(Exception):
    """A refusal or a failure that a user can act on.

    ``code`` is stable and is what callers compare; ``message`` says what happened and why, ``hint``
    what to do next. ``field`` names the parameter at fault, if it was one.
    """

    def __init__(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        field: str | None = None,
        choices: Sequence[Choice] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.field = field
        self.choices = tuple(choices)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def as_dict(self) -> dict[str, Any]:
        """The object behind ``error`` in every API answer."""
        body: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "field": self.field,
        }
        if self.choices:
            body["choices"] = [asdict(choice) for choice in self.choices]
        return body
