"""A preset's parameters as fields of a form, with choices read from the project."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from inspector_app.commands.known import KnownFacts
from inspector_app.commands.parameters import Integer, Parameter
from inspector_app.commands.preset import Preset
from inspector_app.commands.project_parameters import MigrationName, ModelLabels
from inspector_app.models import Workspace

_INTEGER = re.compile(r"-?[0-9]{1,18}\Z", re.ASCII)

# More numbers than this are typed, more choices than that can be filtered.
_MOST_BUTTONS = 5
_MANY_CHOICES = 14


@dataclass(frozen=True)
class Field:
    """One parameter. ``choices`` is None where any well-formed value may be typed.

    ``groups`` holds the choices by the value of the field called ``depends_on``, or the models by
    their app.
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
        if kind in ("choice", "choices", "models") and self.choices is None:
            return "text" if kind == "choice" else "words"
        if kind == "integer" and self.choices is None:
            return "number"
        return kind

    @property
    def many(self) -> bool:
        """Whether there are so many choices that they can be filtered."""
        return len(self.choices or []) > _MANY_CHOICES

    @property
    def text(self) -> str:
        """The value as a text field shows it."""
        if isinstance(self.value, list):
            return " ".join(map(str, self.value))
        return "" if self.value is None else str(self.value)

    @property
    def others(self) -> str:
        """The values that are none of the choices."""
        values = self.value if isinstance(self.value, list) else []
        models = [f"{app}.{name}" for app, names in (self.groups or {}).items() for name in names]
        known = {*(self.choices or []), *models}
        return " ".join(one for one in map(str, values) if one not in known)


def fields(preset: Preset, workspace: Workspace, params: dict[str, Any]) -> list[Field]:
    known = KnownFacts(workspace)
    return [_field(parameter, known, params) for parameter in preset.offered(known)]


def _field(parameter: Parameter, known: KnownFacts, params: dict[str, Any]) -> Field:
    value = params.get(parameter.name)
    if isinstance(parameter, MigrationName):
        labels = known.app_labels() or []
        zero = ["zero"] if parameter.zero else []
        groups = {label: zero + names for label in labels if (names := known.migrations(label))}
        return Field(parameter, None, value, parameter.app, groups)
    choices = parameter.choices(known)
    if isinstance(parameter, ModelLabels):
        groups = {label: known.models(label) or [] for label in choices or []}
        return Field(parameter, choices, value, groups=groups)
    if isinstance(parameter, Integer) and parameter.most - parameter.least < _MOST_BUTTONS:
        choices = [str(number) for number in range(parameter.least, parameter.most + 1)]
    return Field(parameter, choices, value)


def given(preset: Preset, workspace: Workspace, query: QueryDict) -> dict[str, Any]:
    """Values named in an address, such as that of "Change the parameters"; still unchecked."""
    params: dict[str, Any] = {}
    for parameter in preset.offered(KnownFacts(workspace)):
        values = [value for value in query.getlist(parameter.name) if value]
        if not values:
            continue
        last = values[-1]
        if parameter.many:
            params[parameter.name] = values
        elif parameter.kind == "flag":
            params[parameter.name] = last.lower() not in ("0", "false", "off")
        elif parameter.kind == "integer" and _INTEGER.match(last):
            params[parameter.name] = int(last)
        else:
            params[parameter.name] = last
    return params
