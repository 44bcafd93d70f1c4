"""Which classes are models: found through imports and bases, in the modules that Django imports."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from pathlib import Path

from .apps import StaticApp
from .names import Class, Names
from .referents import Referents

_ROOTS = frozenset(
    {
        "django.db.models.Model",
        "django.db.models.base.Model",
        "django.contrib.gis.db.models.Model",
    }
)
# Words at the end of classes in modules called models that are not models.
_NOT_MODELS = (
    "Choices",
    "Manager",
    "QuerySet",
    "Mixin",
    "Field",
    "Form",
    "Enum",
    "Error",
    "Exception",
)
_MODULES_LIMIT = 6000
_BASES_LIMIT = 20


class ModelClasses:
    """The model classes of the installed apps, and the questions about their bases."""

    def __init__(self, apps: list[StaticApp], names: Names, referents: Referents) -> None:
        self._names = names
        self._referents = referents
        self._app_of: dict[Path, StaticApp | None] = {}
        self._apps = sorted(
            (app for app in apps if app.folder is not None),
            key=lambda app: len(app.folder.parts) if app.folder is not None else 0,
            reverse=True,
        )
        self._folders = {app.folder: app for app in reversed(self._apps)}
        self._prefixes = tuple(f"{app.name}." for app in self._apps)
        names.prefer(self._is_in_models_of_an_app)
        self._bases: dict[Class, list[Class | str]] = {}
        self._is_model: dict[Class, bool] = {}
        self.unknown_bases: set[str] = set()
        self.left_out: dict[Class, list[str]] = {}

    def collect(self) -> list[Class]:
        """The models, abstract ones too, that importing every app's ``models`` declares.

        ``left_out`` becomes what could be one, with the bases that cannot be known.
        """
        found: dict[Class, None] = {}
        for module in self._modules():
            for one in self._names.classes(module):
                if self.app(one) is None:
                    continue
                if self.is_model(one):
                    found.setdefault(one)
                elif "model" not in (one.outline.meta or ()) and (
                    unread := self._unread_bases(one)
                ):
                    self.left_out[one] = unread
        return list(found)

    def app(self, one: Class) -> StaticApp | None:
        """The installed app whose folder holds the class."""
        if one.file not in self._app_of:
            holding = (self._folders[p] for p in one.file.parents if p in self._folders)
            self._app_of[one.file] = next(holding, None)
        return self._app_of[one.file]

    def is_model(self, one: Class) -> bool:
        if one not in self._is_model:
            self._is_model[one] = False  # The answer for a circle of bases.
            self._is_model[one] = any(
                self.is_model(base) if isinstance(base, Class) else self._is_model_name(base)
                for base in self.bases(one)
            ) or self._has_columns(one)
        return self._is_model[one]

    def _has_columns(self, one: Class) -> bool:
        """Whether ``one`` has fields of Django and an unread base that is called a model."""
        likely = [
            base
            for base in self.bases(one)
            if isinstance(base, str)
            and base.endswith("Model")
            and self._could_be_a_model(base, one.module)
        ]
        if likely and any(
            str(self._names.resolve(one.module, each.callee)).startswith("django.db.models.")
            for each in one.outline.fields
        ):
            self.unknown_bases.update(likely)
            return True
        return False

    def _is_in_models_of_an_app(self, one: Class) -> bool:
        """Whether the class stands where Django looks by itself: an app's ``models``."""
        app = self.app(one)
        folder = one.file.parent.parent if one.file.parent.name == "models" else one.file.parent
        return app is not None and folder == app.folder

    def bases(self, one: Class) -> list[Class | str]:
        if one not in self._bases:
            names = one.outline.bases
            self._bases[one] = [self._referents.base(one.module, name) for name in names]
        return self._bases[one]

    def model_bases(self, one: Class) -> list[Class]:
        """The direct bases that are models and can be read."""
        return [b for b in self.bases(one) if isinstance(b, Class) and self.is_model(b)]

    def _unread_bases(self, one: Class) -> list[str]:
        """The bases of ``one``, and of what it extends, of which nothing is known."""
        unread: dict[str, None] = {}
        chain = [one]
        for current in chain:
            for base in self.bases(current):
                if isinstance(base, Class):
                    chain += [base] if base not in chain and len(chain) < _BASES_LIMIT else []
                elif self._could_be_a_model(base, current.module):
                    unread[base.removeprefix(f"{current.module}.")] = None
        return list(unread)

    def _could_be_a_model(self, base: str, module: str) -> bool:
        top = base.partition(".")[0]
        if top in sys.stdlib_module_names or top == "django":
            return False
        return base.removeprefix(f"{module}.") not in dir(builtins)

    def _is_model_name(self, name: str) -> bool:
        """Whether a base whose source was not found is a model: Django's root, or a likely one."""
        if name in _ROOTS:
            return True
        *parents, last = name.split(".")
        likely = any(part.endswith(("models", "base_user", "base_session")) for part in parents)
        if not likely or not last[:1].isupper() or last.endswith(_NOT_MODELS):
            return name.endswith(".PermissionsMixin")
        if name.startswith(("django.db.", "django.forms.")):
            return False
        self.unknown_bases.add(name)
        return True

    def _modules(self) -> Iterator[str]:
        """Every app's ``models``, and what those import from the apps' own packages."""
        pending = [f"{app.name}.models" for app in reversed(self._apps)]
        seen = set(pending)
        while pending and len(seen) < _MODULES_LIMIT:
            module = pending.pop(0)
            yield module
            for name in self._names.imported_modules(module):
                if name not in seen and self._is_in_an_app(name):
                    seen.add(name)
                    pending.append(name)

    def _is_in_an_app(self, module: str) -> bool:
        if not module.startswith(self._prefixes):
            return False
        return self._names.modules.file(module) is not None
