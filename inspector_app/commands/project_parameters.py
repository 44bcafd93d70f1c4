"""Parameters whose values are names of the project: apps, models, migrations, databases, tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from .parameters import NAME, Known, OneOf, Parameter

_LABEL = re.compile(r"[^\W\d]\w*\Z")
_MODEL = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)?\Z")
_MIGRATION = re.compile(r"\w[\w-]*\Z")

_AN_APP = "an app of this project"

# Engines, by the last part of their names, behind which stands a server.
_SERVERS = frozenset(
    {
        *("postgresql", "postgresql_psycopg2", "postgis", "cockroachdb"),
        *("mysql", "oracle", "mssql"),
    }
)

# The tags that Django's own checks have, by the version that has them first ...
_TAGS = {
    (3, 2): (
        *("admin", "async_support", "caches", "compatibility", "database", "models", "security"),
        *("sites", "staticfiles", "templates", "translation", "urls"),
    ),
    (4, 0): ("files",),
    (5, 2): ("commands", "gis"),
}
# ... of which these come with an app of the same label.
_TAGS_OF_APPS = frozenset({"admin", "gis", "sites", "staticfiles"})


@dataclass(frozen=True)
class AppLabel(Parameter):
    kind: ClassVar[str] = "choice"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:  # noqa: ARG002
        word = self.word(value, _LABEL, "an app label")
        return self.one_of(word, known.app_labels(), _AN_APP)

    def choices(self, known: Known) -> list[str] | None:
        return known.app_labels()


@dataclass(frozen=True)
class AppLabels(AppLabel):
    kind: ClassVar[str] = "choices"
    many: ClassVar[bool] = True

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> Any:
        found = self.listed(value, "app labels")
        return [super(AppLabels, self).clean(one, values, known) for one in found]


@dataclass(frozen=True)
class ModelLabels(Parameter):
    """Apps, or single models as ``app_label.Model``, whose case does not matter to Django."""

    kind: ClassVar[str] = "models"
    many: ClassVar[bool] = True

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> list[str]:  # noqa: ARG002
        return [self._one(label, known) for label in self.listed(value, "apps and models")]

    def _one(self, value: Any, known: Known) -> str:
        word = self.word(value, _MODEL, "an app label or app_label.Model")
        app, _, model = word.partition(".")
        self.one_of(app, known.app_labels(), _AN_APP)
        if model and known.has_model(app, model) is False:
            self.one_of(model, known.models(app) or [], f"a model of {app}")
        return word

    def choices(self, known: Known) -> list[str] | None:
        """The apps that have models."""
        labels = known.app_labels()
        return None if labels is None else [one for one in labels if known.models(one)]


@dataclass(frozen=True)
class PrimaryKeys(Parameter):
    """Keys of the one model that the parameter ``labels`` names."""

    labels: str = "app_labels"
    kind: ClassVar[str] = "words"
    many: ClassVar[bool] = True

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> list[str]:  # noqa: ARG002
        keys = [self.word(one, NAME, "a key") for one in self.listed(value, "keys")]
        chosen = values.get(self.labels, [])
        if len(chosen) != 1 or "." not in chosen[0]:
            raise self.refuse("keys are those of one model.", "Choose one model, and no app.")
        return keys

    def arguments(self, value: Any) -> list[str]:
        return [self.flag, ",".join(value)]


@dataclass(frozen=True)
class MigrationName(Parameter):
    """A migration of the app that another parameter names, or a prefix of its name, as in Django.

    The app's parameter must be declared before this one. ``zero`` stands for none at all.
    """

    app: str = "app_label"
    zero: bool = False
    kind: ClassVar[str] = "migration"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:
        word = self.word(value, _MIGRATION, "a migration name")
        app = values.get(self.app)
        if app is None:
            # Without it Django would take the migration's name for the app's.
            raise self.refuse("a migration is one of an app.", "Choose the app first.")
        names = known.migrations(app)
        # An empty list may mean MIGRATION_MODULES, which only Django itself can follow.
        if not names or word in names or (self.zero and word == "zero"):
            return word
        meant = [name for name in names if name.startswith(word)]
        if not meant:
            self.one_of(word, names, f"a migration of {app}")
        if len(meant) > 1:
            raise self.refuse(
                f"more than one migration of {app} begins with {word!r}.",
                f"For example {meant[0]} and {meant[1]}.",
            )
        return word


@dataclass(frozen=True)
class DatabaseAlias(Parameter):
    kind: ClassVar[str] = "choice"

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:  # noqa: ARG002
        word = self.word(value, NAME, "a database alias")
        return self.one_of(word, known.databases(), "a database of this project")

    def choices(self, known: Known) -> list[str] | None:
        return known.databases()


@dataclass(frozen=True)
class FileDatabase(DatabaseAlias):
    """A database that lies in a file, so that a layer takes what is written to it."""

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:
        alias = super().clean(value, values, known)
        self._require_file(alias, known)
        return alias

    def left_out(self, known: Known) -> None:
        self._require_file("default", known)

    def choices(self, known: Known) -> list[str] | None:
        aliases = known.databases()
        if aliases is None:
            return None
        return [alias for alias in aliases if known.engine(alias) not in _SERVERS]

    def _require_file(self, alias: str, known: Known) -> None:
        engine = known.engine(alias)
        if engine in _SERVERS:
            raise self.refuse(
                f"{alias!r} is a database of {engine}, and a rehearsal reaches no server.",
                "Only SQLite databases are copied for a rehearsal.",
            )


@dataclass(frozen=True)
class DatabaseAliases(DatabaseAlias):
    """Django's repeated ``--database``."""

    kind: ClassVar[str] = "choices"
    many: ClassVar[bool] = True

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> Any:
        found = self.listed(value, "database aliases")
        return [super(DatabaseAliases, self).clean(one, values, known) for one in found]


@dataclass(frozen=True)
class Tags(Parameter):
    """Tags of system checks: Django's own are offered and those that were read of the project.

    It may have others still, so any well-formed one is accepted.
    """

    kind: ClassVar[str] = "tags"
    many: ClassVar[bool] = True

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> list[str]:  # noqa: ARG002
        return [self.word(one, NAME, "a check tag") for one in self.listed(value, "tags")]

    def choices(self, known: Known) -> list[str]:
        version = known.django() or min(_TAGS)
        tags = [tag for since, added in _TAGS.items() if version >= since for tag in added]
        labels = known.app_labels()
        usual = {tag for tag in tags if labels is None or tag in labels or tag not in _TAGS_OF_APPS}
        return sorted(usual.union(known.check_tags()))


@dataclass(frozen=True)
class Format(OneOf):
    """A format of Django's serializers; YAML only where the project has PyYAML."""

    def choices(self, known: Known) -> list[str]:
        return [
            one for one in super().choices(known) if one != "yaml" or known.has_package("pyyaml")
        ]
