"""A preset's parameters as fields of a form, with choices read from the project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from inspector_app.commands.known import KnownFacts
from inspector_app.commands.parameters import MigrationName, Parameter
from inspector_app.commands.presets import Preset
from inspector_app.models import Workspace

_MANY = frozenset({"choices", "words"})


@dataclass(frozen=True)
class Field:
    """One parameter. ``choices`` is None where any well-formed value may be typed.

    ``groups`` holds the choices by the value of the field called ``depends_on``.
    """

    parameter: Parameter
    choices: list[str] | None
    value: Any
    depends_on: str = ""
    groups: dict[str, list[str]] | None = None

    @property
    def widget(self) -> str:
        """The template that draws it: commands/fields/<widget>.html."""
        kind = self.parameter.kind
        if kind in ("choice", "choices") and self.choices is None:
            return "text" if kind == "choice" else "words"
        return kind

    @property
    def text(self) -> str:
        """The value as a text field shows it."""
        return " ".join(self.value) if isinstance(self.value, list) else str(self.value or "")


def fields(preset: Preset, workspace: Workspace, params: dict[str, Any]) -> list[Field]:
    known = KnownFacts(workspace)
    return [_field(parameter, known, params) for parameter in preset.parameters]


def _field(parameter: Parameter, known: KnownFacts, params: dict[str, Any]) -> Field:
    value = params.get(parameter.name)
    if isinstance(parameter, MigrationName):
        labels = known.app_labels() or []
        groups = {label: names for label in labels if (names := known.migrations(label))}
        return Field(parameter, None, value, parameter.app, groups)
    return Field(parameter, parameter.choices(known), value)


def given(preset: Preset, query: QueryDict) -> dict[str, Any]:
    """Values named in an address, such as that of "Change the parameters"; still unchecked."""
    params: dict[str, Any] = {}
    for parameter in preset.parameters:
        values = [value for value in query.getlist(parameter.name) if value]
        if not values:
            continue
        if parameter.kind in _MANY:
            params[parameter.name] = values
        elif parameter.kind == "flag":
            params[parameter.name] = values[-1].lower() not in ("0", "false", "off")
        elif parameter.kind == "integer":
            last = values[-1]
            params[parameter.name] = int(last) if last.isascii() and last.isdigit() else last
        else:
            params[parameter.name] = values[-1]
    return params
