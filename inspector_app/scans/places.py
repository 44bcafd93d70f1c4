"""Where in the source a check result belongs, as far as the static reading knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .static.reading import StaticReading

Place = tuple[str, int]
NOWHERE: Place = ("", 0)

_CLASS = re.compile(r"<class '(?P<module>[\w.]+)\.(?P<name>\w+)'>")
_SETTING = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")


class Places:
    """Answers for one reading."""

    def __init__(self, reading: StaticReading) -> None:
        self._reading = reading
        self._known = dict(_known(reading))

    def of_check(self, check: dict[str, Any]) -> Place:
        """The model, field or class a result is about, else the setting its text names."""
        obj = check["obj"] or ""
        named = _CLASS.match(obj)
        if named:
            return self._reading.place_of_class(named["module"], named["name"]) or NOWHERE
        if obj in self._known:
            return self._known[obj]
        owner = obj.rpartition(".")[0]
        if owner in self._known:
            return self._known[owner]
        return self._of_setting(check["msg"])

    def _of_setting(self, text: str) -> Place:
        for name in _SETTING.findall(text):
            place = self._reading.settings.places.get(name)
            if place is not None:
                return place.file, place.line
        return NOWHERE


def _known(reading: StaticReading) -> Iterator[tuple[str, Place]]:
    """Every model by its label, and every field by label and name."""
    for models in reading.models.models.values():
        for model in models:
            yield model["label"], (model["file"], model["line"])
            for one in model["fields"]:
                yield f"{model['label']}.{one['name']}", (one["file"], one["line"])
