"""What Django makes of a model class: its Meta, label, parents, fields and the targets of those."""

from __future__ import annotations

from .apps import StaticApp
from .class_shapes import Computed, FieldOutline
from .declarations import Declared
from .fields import Fields
from .model_classes import ModelClasses
from .model_metas import Metas
from .module_scope import ModuleScope
from .names import Class, Names
from .referents import Referents
from .settings_values import StaticSettings
from .tags import Tags

# The options without which it is not known what a model is.
_DECISIVE = ("abstract", "proxy", "app_label")


class ModelFacts:
    """Answers about the model classes of one reading.

    ``unknown`` are models and fields, each with what cannot be known of it.
    """

    def __init__(self, apps: list[StaticApp], names: Names, settings: StaticSettings) -> None:
        referents = Referents(names, settings, apps)
        self.classes = ModelClasses(apps, names, referents)
        self.settings = settings
        self._apps = apps
        self._names = names
        self._fields = Fields(names, referents)
        self._scopes: dict[str, ModuleScope] = {}
        self.unknown: dict[str, str] = {}
        self.tags = Tags(self, self._fields)
        self._metas = Metas(self.classes, names, self._scope, self.unknown)
        self._by_label: dict[str, Class] = {}

    def collect(self) -> list[Class]:
        """The models of which it is known that they are some, and if they have tables."""
        found = self.classes.collect()
        for one, bases in self.classes.left_out.items():
            # Other frameworks declare classes like models, of their own bases and fields.
            frameworks = {base.partition(".")[0] for base in bases}
            if any(
                self._fields.kind(one, each) and self._fields.package(one, each) not in frameworks
                for each in one.outline.fields
            ):
                unread = ", ".join(bases)
                self.unknown[self.label(one)] = f"left out, as the base {unread} is not known"
        for one in found:
            self._by_label.setdefault(self.label(one).lower(), one)
        return [one for one in found if not self._undecided(one)]

    def _undecided(self, one: Class) -> bool:
        """Whether it is computed what kind of model ``one`` is, so that nothing is told of it."""
        options = [o for o in _DECISIVE if isinstance(self.meta(one).get(o), Computed)]
        if options:
            named = " and ".join(options)
            self.unknown[self.label(one)] = f"left out, as {named} is computed"
        return bool(options)

    def label(self, one: Class) -> str:
        named = self.meta(one).get("app_label")
        app = self.classes.app(one)
        if not isinstance(named, str):
            named = app.label if app is not None else one.module.partition(".")[0]
        return f"{named}.{one.name}"

    def meta(self, one: Class) -> dict[str, object]:
        """The options in force: the class's own Meta, what it inherits, or an abstract base's."""
        return self._metas.of(one)

    def table(self, one: Class) -> str:
        """The table's name; a proxy has its parent's."""
        table = self.meta(one).get("db_table")
        if isinstance(table, Computed):
            self.unknown[self.label(one)] = "the table's name is computed"
            return ""
        parents = self.parents(one) if self.proxy(one) else []
        if parents and parents[0] != one:
            return self.table(parents[0])
        app_label, _, name = self.label(one).partition(".")
        return table if isinstance(table, str) else f"{app_label}_{name.lower()}"

    def abstract(self, one: Class) -> bool:
        return self.meta(one).get("abstract") is True

    def proxy(self, one: Class) -> bool:
        return self.meta(one).get("proxy") is True

    def parents(self, one: Class) -> list[Class]:
        """The concrete models it extends, each with a table of its own."""
        found: dict[Class, None] = {}
        for base in self._decided_bases(one):
            if self.abstract(base) or self.proxy(base):
                found.update(dict.fromkeys(self.parents(base)))
            else:
                found[base] = None
        return list(found)

    def ancestors(self, one: Class) -> list[Class]:
        """The models it extends directly or through others, nearest first."""
        found: dict[Class, None] = {}
        for base in self._decided_bases(one):
            if base not in found:
                found[base] = None
                found.update(dict.fromkeys(self.ancestors(base)))
        found.pop(one, None)
        return list(found)

    def constant(self, one: Class, name: str) -> object:
        """What a name in the module of ``one`` stands for; None where it is no constant."""
        value = self._scope(one)[name]
        return value.data if value.whole else None

    def members(self, one: Class, name: str) -> int | None:
        """How many choices the enumeration ``name`` has."""
        found = self._names.resolve(one.module, name)
        return found.outline.members or None if isinstance(found, Class) else None

    def full_name(self, one: Class, name: str) -> str:
        """Module and name of what ``name`` in the module of ``one`` is imported from."""
        found = self._names.resolve(one.module, name)
        return f"{found.module}.{found.name}" if isinstance(found, Class) else found

    def ordering(self, one: Class) -> object:
        """Its own, or that of the model whose table it extends."""
        own = self.meta(one).get("ordering")
        parents = self.parents(one) if own is None and "ordering" not in self.meta(one) else []
        return self.ordering(parents[0]) if parents and parents[0] != one else own

    def through(self, model: Class, each: Declared) -> str | None:
        """The label of the model between two others; None where Django makes it."""
        if "through" not in each.outline.arguments:
            return None
        found = self._fields.target(each.by, each.outline, "through")
        if isinstance(found, Class):
            return self.label(found)
        if found and "." not in found:
            found = f"{self.label(model).partition('.')[0]}.{found}"
        named = self._by_label.get(found.lower())
        return self.label(named) if named is not None else found or None

    def declared(self, one: Class) -> list[Declared]:
        """The fields in a model's own table: its own, and those of its abstract bases."""
        fields: dict[str, Declared] = {}
        for base in self._decided_bases(one):
            if self.abstract(base):
                for each in self.declared(base):
                    fields.setdefault(each.outline.name, each)
        for name, value in one.outline.values.items():
            if value is None:
                # ``name = None`` takes an inherited field away.
                fields.pop(name, None)
        for outline in one.outline.fields:
            judged = self._fields.kind(one, outline)
            if judged is not None and self._is_declared(one, outline):
                fields[outline.name] = Declared(outline, one, *judged)
        if not self.abstract(one):
            for each in [*fields.values()]:
                fields |= self.tags.way_back(each)
        return list(fields.values())

    def _decided_bases(self, one: Class) -> list[Class]:
        return [base for base in self.classes.model_bases(one) if not self._undecided(base)]

    def _is_declared(self, one: Class, field: FieldOutline) -> bool:
        """Whether the branch is taken in which the field stands; neither where nobody can tell."""
        if not field.conditions:
            return True
        name = f"{self.label(one)}.{field.name}"
        holds = self._scope(one).holds(field.conditions)
        if not holds.unknown:
            if not holds.whole:
                self.unknown[name] = "depends on the environment"
            return holds.data is True
        test, branch = field.conditions[-1]
        for other in one.outline.fields:
            if other.name == field.name and other.conditions[-1:] == ((test, not branch),):
                # Declared either way; the first is as good as the second.
                self.unknown[name] = "the condition is not known, and both branches declare it"
                return branch
        self.unknown[name] = "left out, as the condition is not known"
        return False

    def _scope(self, one: Class) -> ModuleScope:
        if one.module not in self._scopes:
            self._scopes[one.module] = ModuleScope(one.module, self._names, self.settings)
        return self._scopes[one.module]

    def target(self, model: Class, each: Declared) -> str:
        """The label a relation points at, spelt as its class is; of what is unknown, the text."""
        if self.tags.is_field(each):
            return self.tags.points_at(each)
        found = self._fields.target(each.by, each.outline)
        if isinstance(found, Class):
            return self.label(found)
        if found in ("self", ""):
            if not found:
                self.unknown[f"{self.label(each.by)}.{each.outline.name}"] = (
                    "the model pointed at is computed"
                )
            return self.label(model) if found else ""
        if "." not in found:
            # An abstract base's text means the app of the model that inherits it.
            found = f"{self.label(model).partition('.')[0]}.{found}"
        named = self._by_label.get(found.lower())
        return self.label(named) if named is not None else self._installed(found)

    def _installed(self, name: str) -> str:
        """``app.models.Model`` of an app without source as its label."""
        module, _, last = name.rpartition(".")
        apps = [app for app in self._apps if module.startswith(f"{app.name}.")]
        nearest = max(apps, key=lambda app: len(app.name), default=None)
        return f"{nearest.label}.{last}" if nearest is not None else name

    def named(self, label: str) -> Class | str:
        """The model of that label; the label where it was not read."""
        return self._by_label.get(label.lower(), label)

    def key_kind(self, one: Class) -> str:
        """The class of the ``id`` Django adds."""
        app = self.classes.app(one)
        kind = (app.auto_field if app else "") or self.settings.text("DEFAULT_AUTO_FIELD")
        return kind.rpartition(".")[2] or "AutoField"

    def managed(self, one: Class) -> bool:
        if isinstance(self.meta(one).get("managed"), Computed):
            self.unknown[self.label(one)] = "whether it is managed is computed"
        return self.meta(one).get("managed") is not False

    def through_managed(self, one: Class, target: str) -> bool:
        """Django manages a many-to-many table when it manages either side."""
        other = self._by_label.get(target.lower())
        return self.managed(one) or other is None or self.managed(other)

    def swapped(self, one: Class) -> bool:
        setting = self.meta(one).get("swappable")
        in_use = self.settings.text(setting) if isinstance(setting, str) else ""
        return bool(in_use) and in_use.lower() != self.label(one).lower()
