"""Which calls in a class body are model fields, of which kind, and what relations point at."""

from __future__ import annotations

from .class_shapes import FieldOutline, Reference
from .names import Class, Names
from .referents import Referents

# By the name a field class goes by, or the first of its bases that has such a name.
RELATIONS = {
    "ForeignKey": "fk",
    "OneToOneField": "o2o",
    "ManyToManyField": "m2m",
    "GenericForeignKey": "gfk",
    "GenericRelation": "generic",
    "ParentalKey": "fk",
    "TreeForeignKey": "fk",
    "TreeOneToOneField": "o2o",
    "AutoOneToOneField": "o2o",
    "TreeManyToManyField": "m2m",
    "ParentalManyToManyField": "m2m",
    "SortedManyToManyField": "m2m",
    "TaggableManager": "m2m",
    "ClusterTaggableManager": "m2m",
}
_NO_FIELDS = ("forms.", "serializers.", "django.forms.", "graphene.", "rest_framework.")
_BASES_LIMIT = 20


class Fields:
    """Judges field calls; the answers for a callee in a module are kept."""

    def __init__(self, names: Names, referents: Referents) -> None:
        self._names = names
        self._referents = referents
        self._kinds: dict[tuple[str, str], tuple[str, str] | None] = {}

    def kind(self, one: Class, field: FieldOutline) -> tuple[str, str] | None:
        """The field's class name and, for a relation, which one; None for what is no field."""
        key = (one.module, field.callee)
        if key not in self._kinds:
            self._kinds[key] = self._judge(*key)
        return self._kinds[key]

    def known_as(self, one: Class, field: FieldOutline) -> str:
        """The name by which a field's class is known: its own, or that of a base."""
        resolved = self._names.resolve(one.module, field.callee)
        own = resolved.name if isinstance(resolved, Class) else resolved.rpartition(".")[2]
        if own in RELATIONS or not isinstance(resolved, Class):
            return own
        return self._field_base(resolved).rpartition(".")[2]

    def package(self, one: Class, field: FieldOutline) -> str:
        """The top package of what makes a call a field."""
        resolved = self._names.resolve(one.module, field.callee)
        name = self._field_base(resolved) if isinstance(resolved, Class) else resolved
        return name.partition(".")[0]

    def target(self, one: Class, field: FieldOutline, argument: str = "to") -> Class | str:
        """What a relation's ``to`` or ``through`` names: a class, or ``app.Model`` as a text.

        An empty text where that is computed and cannot be known.
        """
        value = field.arguments.get(argument)
        if isinstance(value, Reference):
            return self._referents.follow(one.module, value)
        if value is None and argument == "to":
            return self._default(one, field)
        return value if isinstance(value, str) else ""

    def _default(self, one: Class, field: FieldOutline) -> Class | str:
        """What the field's class points at by itself."""
        declared = self._names.resolve(one.module, field.callee)
        chain = self._chain(declared) if isinstance(declared, Class) else []
        for link in chain:
            default = link.outline.default_to
            if isinstance(default, str):
                return default
            if isinstance(default, Reference):
                attribute = default.name.removeprefix("self.")
                if attribute == default.name:
                    return self._referents.follow(link.module, default)
                held = (each.outline.values.get(attribute) for each in chain)
                return next((text for text in held if isinstance(text, str)), "")
        return ""

    def _judge(self, module: str, callee: str) -> tuple[str, str] | None:
        if callee.startswith(_NO_FIELDS):
            return None
        resolved = self._names.resolve(module, callee)
        last = resolved.name if isinstance(resolved, Class) else resolved.rpartition(".")[2]
        if not last[:1].isupper():
            return None
        if last in RELATIONS:
            return last, RELATIONS[last]
        if isinstance(resolved, Class):
            name = self._field_base(resolved).rpartition(".")[2]
            return (last, RELATIONS.get(name, "")) if name else None
        return (last, "") if _is_field_name(resolved) else None

    def _field_base(self, one: Class) -> str:
        """The nearest base by which a class is known as a field, with its package."""
        for current in self._chain(one):
            for base in current.outline.bases:
                last = base.rpartition(".")[2]
                resolved = self._names.resolve(current.module, base)
                full = resolved.module if isinstance(resolved, Class) else resolved
                if last in RELATIONS:
                    return f"{full.partition('.')[0]}.{last}"
                if not isinstance(resolved, Class) and _is_field_name(resolved):
                    return resolved
        return ""

    def _chain(self, one: Class) -> list[Class]:
        """``one`` and what it inherits from, nearest first, as far as it can be read."""
        chain = [one]
        for current in chain:
            bases = (self._names.resolve(current.module, base) for base in current.outline.bases)
            chain += [b for b in bases if isinstance(b, Class) and b not in chain]
            if len(chain) > _BASES_LIMIT:
                break
        return chain


def _is_field_name(name: str) -> bool:
    """Whether a class without source is a model field by its name; forms have fields as well."""
    return name.endswith("Field") and "forms" not in name.split(".")
