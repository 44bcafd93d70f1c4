"""Fields of django-taggit: they point at tags through a model, and add a way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .class_shapes import FieldOutline
from .declarations import Declared
from .fields import Fields
from .names import Class

if TYPE_CHECKING:
    from .model_facts import ModelFacts

_GENERIC = "GenericRelation"


class Tags:
    """Answers about the tag fields of one reading."""

    def __init__(self, facts: ModelFacts, fields: Fields) -> None:
        self._facts = facts
        self._fields = fields

    def is_field(self, each: Declared) -> bool:
        return self._fields.known_as(each.by, each.outline).endswith("TaggableManager")

    def points_at(self, each: Declared) -> str:
        """What the ``tag`` of its through model points at."""
        through = self._through(each)
        tags = self._facts.declared(through) if isinstance(through, Class) else []
        named = [tag for tag in tags if tag.outline.name == "tag"]
        return self._facts.target(each.by, named[0]) if named else "taggit.Tag"

    def way_back(self, each: Declared) -> dict[str, Declared]:
        """The generic relation that it adds where its through model can be of any model."""
        if each.kind == _GENERIC or not self.is_field(each):
            return {}
        to = "taggit.TaggedItem"
        if "through" in each.outline.arguments:
            through = self._through(each)
            if not isinstance(through, Class) or not self._is_generic(through):
                return {}
            to = self._facts.label(through)
        outline = FieldOutline("tagged_items", _GENERIC, {"to": to}, each.outline.line)
        return {outline.name: Declared(outline, each.by, _GENERIC, "generic")}

    def _is_generic(self, through: Class) -> bool:
        chain = (through, *self._facts.ancestors(through))
        bases = (base for one in chain for base in one.outline.bases)
        return any(base.endswith("GenericTaggedItemBase") for base in bases)

    def _through(self, each: Declared) -> Class | str:
        through = self._fields.target(each.by, each.outline, "through")
        if not isinstance(through, str):
            return through
        app = self._facts.label(each.by).partition(".")[0]
        return self._facts.named(through if "." in through else f"{app}.{through}")
