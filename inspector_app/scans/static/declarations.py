"""A field as a model has it: its text, and the class that the text is of."""

from __future__ import annotations

from dataclasses import dataclass

from .class_shapes import FieldOutline
from .names import Class


@dataclass(frozen=True)
class Declared:
    """A field and the class whose text declares it: the model's own, or an abstract base."""

    outline: FieldOutline
    by: Class
    kind: str
    relation: str

    def says(self, argument: str) -> bool:
        return self.outline.arguments.get(argument) is True
