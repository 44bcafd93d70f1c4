"""The options of models' classes Meta, through their bases and those of the Meta itself."""

from __future__ import annotations

import ast
from collections.abc import Callable

from .class_shapes import Computed
from .model_classes import ModelClasses
from .module_scope import ModuleScope
from .names import Class, Names


class Metas:
    """``unknown`` is told what depends on the environment."""

    def __init__(
        self,
        classes: ModelClasses,
        names: Names,
        scope_of: Callable[[Class], ModuleScope],
        unknown: dict[str, str],
    ) -> None:
        self._classes = classes
        self._names = names
        self._scope_of = scope_of
        self._unknown = unknown
        self._kept: dict[Class, dict[str, object]] = {}

    def of(self, one: Class) -> dict[str, object]:
        if one not in self._kept:
            self._kept[one] = {}  # The answer for a circle of bases.
            self._kept[one] = self._read_meta(one)
        return self._kept[one]

    def _read_meta(self, one: Class) -> dict[str, object]:
        options: dict[str, object] = {}
        if one.outline.meta is not None:
            for base in one.outline.meta_bases:
                options |= self._meta_named(one, base)
        else:
            for base_class in self._classes.model_bases(one):
                if self.of(base_class).get("abstract") is True:
                    options |= self.of(base_class)
                    break
        # Django starts every class as not abstract and no proxy.
        options.pop("abstract", None)
        options.pop("proxy", None)
        own = one.outline.meta or {}
        return options | {name: self._known(one, value) for name, value in own.items()}

    def _known(self, one: Class, option: object) -> object:
        """The value of an option that is computed; as it is where that cannot be done here."""
        if not isinstance(option, Computed):
            return option
        value = self._scope_of(one).value(option.node)
        # Where apps may be missing, their own section says so.
        of_apps = "INSTALLED_APPS" in ast.dump(option.node)
        if not value.unknown and not value.whole and not of_apps:
            self._unknown[f"{one.module}.{one.name}.Meta"] = "depends on the environment"
        return option if value.unknown else value.data

    def _meta_named(self, one: Class, name: str) -> dict[str, object]:
        """The options of ``Base.Meta`` in ``class Meta(Base.Meta)``, or of a plain class."""
        owner, _, last = name.rpartition(".")
        of_model = last == "Meta" and owner
        resolved = self._names.resolve(one.module, owner if of_model else name)
        if not isinstance(resolved, Class):
            return {}
        return self.of(resolved) if of_model else resolved.outline.values
