"""Which calls in a class body are model fields, of which kind, and what relations point at."""

from __future__ import annotations

from .names import Class, Names
from .outline import FieldOutline, Reference
from .settings_values import StaticSettings

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

    def __init__(self, names: Names, settings: StaticSettings) -> None:
        self._names = names
        self._settings = settings
        self._kinds: dict[tuple[str, str], tuple[str, str] | None] = {}

    def kind(self, one: Class, field: FieldOutline) -> tuple[str, str] | None:
        """The field's class name and, for a relation, which one; None for what is no field."""
        key = (one.module, field.callee)
        if key not in self._kinds:
            self._kinds[key] = self._judge(*key)
        return self._kinds[key]

    def target(self, one: Class, field: FieldOutline, argument: str = "to") -> Class | str:
        """What a relation's ``to`` or ``through`` names: a class, or ``app.Model`` as a text."""
        value = field.arguments.get(argument)
        if isinstance(value, Reference):
            return self._referred(one, value)
        return value if isinstance(value, str) else ""

    def _referred(self, one: Class, reference: Reference) -> Class | str:
        if reference.name in ("get_user_model()", "auth.get_user_model()"):
            return self._settings.text("AUTH_USER_MODEL") or "auth.User"
        if reference.name.endswith(")"):
            return self._called(reference)
        head, _, setting = reference.name.rpartition(".")
        if head in ("settings", "django_settings", "conf.settings"):
            default = "auth.User" if setting == "AUTH_USER_MODEL" else reference.default
            return self._settings.text(setting) or default or reference.name
        return self._names.resolve(one.module, reference.name)

    def _called(self, reference: Reference) -> str:
        """The model a call with an app label and a name gives; swapper looks at a setting first."""
        app_label, _, name = reference.default.partition(".")
        swap = f"{app_label}_{name}_MODEL".upper() if reference.name.startswith("swapper.") else ""
        return self._settings.text(swap) or reference.default or reference.name

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
            name = self._field_base(resolved)
            return (last, RELATIONS.get(name, "")) if name else None
        return (last, "") if _is_field_name(resolved) else None

    def _field_base(self, one: Class) -> str:
        """The nearest base by which a class of the project or a package is known as a field."""
        pending, seen = [one], {one}
        while pending and len(seen) < _BASES_LIMIT:
            current = pending.pop(0)
            for base in current.outline.bases:
                resolved = self._names.resolve(current.module, base)
                last = base.rpartition(".")[2]
                if last in RELATIONS:
                    return last
                if isinstance(resolved, Class):
                    if resolved not in seen:
                        seen.add(resolved)
                        pending.append(resolved)
                elif _is_field_name(resolved):
                    return last
        return ""


def _is_field_name(name: str) -> bool:
    """Whether a class without source is a model field by its name; forms have fields as well."""
    return name.endswith("Field") and "forms" not in name.split(".")
