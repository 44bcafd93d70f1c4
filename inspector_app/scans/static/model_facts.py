"""What Django makes of a model class: its Meta, label, parents, fields and the targets of those."""

from __future__ import annotations

from dataclasses import dataclass

from .apps import StaticApp
from .fields import Fields
from .model_classes import ModelClasses
from .names import Class, Names
from .outline import FieldOutline
from .settings_values import StaticSettings


@dataclass(frozen=True)
class Declared:
    """A field and the class whose text declares it: the model's own, or an abstract base."""

    outline: FieldOutline
    by: Class
    kind: str
    relation: str

    def says(self, argument: str) -> bool:
        return self.outline.arguments.get(argument) is True


class ModelFacts:
    """Answers about the model classes of one reading."""

    def __init__(self, apps: list[StaticApp], names: Names, settings: StaticSettings) -> None:
        self.classes = ModelClasses(apps, names)
        self.settings = settings
        self._apps = apps
        self._names = names
        self._fields = Fields(names, settings)
        self._metas: dict[Class, dict[str, object]] = {}
        self._by_label: dict[str, Class] = {}

    def collect(self) -> list[Class]:
        found = self.classes.collect()
        for one in found:
            self._by_label.setdefault(self.label(one).lower(), one)
        return found

    def label(self, one: Class) -> str:
        named = self.meta(one).get("app_label")
        app = self.classes.app(one)
        if not isinstance(named, str):
            named = app.label if app is not None else one.module.partition(".")[0]
        return f"{named}.{one.name}"

    def meta(self, one: Class) -> dict[str, object]:
        """The options in force: the class's own Meta, what it inherits, or an abstract base's."""
        if one not in self._metas:
            self._metas[one] = {}  # The answer for a circle of bases.
            self._metas[one] = self._read_meta(one)
        return self._metas[one]

    def table(self, one: Class) -> str:
        """The table's name; a proxy has its parent's."""
        table = self.meta(one).get("db_table")
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
        for base in self.classes.model_bases(one):
            if self.abstract(base) or self.proxy(base):
                found.update(dict.fromkeys(self.parents(base)))
            else:
                found[base] = None
        return list(found)

    def declared(self, one: Class) -> list[Declared]:
        """The fields in a model's own table: its own, and those of its abstract bases."""
        fields: dict[str, Declared] = {}
        for base in self.classes.model_bases(one):
            if self.abstract(base):
                for each in self.declared(base):
                    fields.setdefault(each.outline.name, each)
        for name, value in one.outline.values.items():
            if value is None:
                # ``name = None`` takes an inherited field away.
                fields.pop(name, None)
        for outline in one.outline.fields:
            judged = self._fields.kind(one, outline)
            if judged is not None:
                fields[outline.name] = Declared(outline, one, *judged)
        return list(fields.values())

    def target(self, model: Class, each: Declared) -> str:
        """The label a relation points at, spelt as its class is; of what is unknown, the text."""
        if each.kind.endswith("TaggableManager"):
            return self._tag(each)
        found = self._fields.target(each.by, each.outline)
        if isinstance(found, Class):
            return self.label(found)
        if found in ("self", ""):
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

    def _tag(self, each: Declared) -> str:
        """A tag manager points at what the ``tag`` of its through model points at."""
        through = self._fields.target(each.by, each.outline, "through")
        if isinstance(through, str):
            through = self._by_label.get(through.lower(), through)
        tags = self.declared(through) if isinstance(through, Class) else []
        named = [tag for tag in tags if tag.outline.name == "tag"]
        return self.target(each.by, named[0]) if named else "taggit.Tag"

    def key_kind(self, one: Class) -> str:
        """The class of the ``id`` Django adds."""
        app = self.classes.app(one)
        kind = (app.auto_field if app else "") or self.settings.text("DEFAULT_AUTO_FIELD")
        return kind.rpartition(".")[2] or "AutoField"

    def managed(self, one: Class) -> bool:
        return self.meta(one).get("managed") is not False

    def through_managed(self, one: Class, target: str) -> bool:
        """Django manages a many-to-many table when it manages either side."""
        other = self._by_label.get(target.lower())
        return self.managed(one) or other is None or self.managed(other)

    def swapped(self, one: Class) -> bool:
        setting = self.meta(one).get("swappable")
        in_use = self.settings.text(setting) if isinstance(setting, str) else ""
        return bool(in_use) and in_use.lower() != self.label(one).lower()

    def _read_meta(self, one: Class) -> dict[str, object]:
        options: dict[str, object] = {}
        if one.outline.meta is not None:
            for base in one.outline.meta_bases:
                options |= self._meta_named(one, base)
        else:
            for base_class in self.classes.model_bases(one):
                if self.abstract(base_class):
                    options |= self.meta(base_class)
                    break
        # Django starts every class as not abstract and no proxy.
        options.pop("abstract", None)
        options.pop("proxy", None)
        return options | (one.outline.meta or {})

    def _meta_named(self, one: Class, name: str) -> dict[str, object]:
        """The options of ``Base.Meta`` in ``class Meta(Base.Meta)``, or of a plain class."""
        owner, _, last = name.rpartition(".")
        of_model = last == "Meta" and owner
        resolved = self._names.resolve(one.module, owner if of_model else name)
        if not isinstance(resolved, Class):
            return {}
        return self.meta(resolved) if of_model else resolved.outline.values
