"""Every model of the registry, and every relation once, on the model that declares it."""

from __future__ import annotations

from typing import Any, Iterator

from .model_fields import Fields
from .places import of_class
from .plain import dotted, shown, text

_LONGEST_DOC = 300


def read(notes: list[str]) -> dict[str, Any]:
    """Texts for people are told as the source has them, not in the language of the settings."""
    from django.apps import apps
    from django.db import connections
    from django.utils import translation

    connection = _without_connecting(connections, notes)
    models = list(apps.get_models(include_auto_created=True, include_swapped=True))
    language = translation.get_language()
    translation.deactivate_all()
    try:
        told = [_Model(model, connection) for model in models]
        return {
            "models": [one.entry() for one in told],
            "relations": [relation for one in told for relation in one.relations()],
        }
    finally:
        if language is not None:
            translation.activate(language)


def _without_connecting(connections: Any, notes: list[str]) -> Any:
    """The default connection for its names of column types, unable to connect."""
    try:
        connection = connections.create_connection("default")
        connection.connect = _refuse
        connection.data_types  # noqa: B018 -- some backends ask their server for them
    except Exception as error:
        notes.append(f"column types are not known: {text(error, 300)}")
        return None
    return connection


def _refuse() -> None:
    raise RuntimeError("the database is not asked for this")


class _Model:
    def __init__(self, model: Any, connection: Any) -> None:
        self._model = model
        self._meta = model._meta
        self._fields = Fields(model, connection)

    def entry(self) -> dict[str, Any]:
        model, meta = self._model, self._meta
        file, line = self._place()
        return {
            "name": text(meta.object_name),
            "label": text(meta.label),
            "app_label": text(meta.app_label),
            "module": text(model.__module__),
            "table": text(meta.db_table),
            "proxy": bool(meta.proxy),
            "swapped": bool(meta.swapped),
            "managed": bool(meta.managed),
            "auto_created": bool(meta.auto_created),
            "verbose_name": text(meta.verbose_name),
            "bases": list(self._bases()),
            "abstract_bases": [dotted(one) for one in self._abstract()],
            "ordering": [_order(one) for one in meta.ordering or ()],
            "constraints": [_constraint(one) for one in meta.constraints],
            "indexes": [_index(one) for one in meta.indexes],
            "unique_together": [[text(name) for name in one] for one in meta.unique_together],
            "managers": [
                {"name": text(one.name), "class": dotted(type(one))} for one in meta.managers
            ],
            "docstring": _docstring(model),
            "fields": [] if meta.proxy else self._fields.entries(),
            "file": file,
            "line": line,
        }

    def relations(self) -> Iterator[dict[str, Any]]:
        return iter(()) if self._meta.proxy else self._fields.relations()

    def _place(self) -> tuple[str, int]:
        owner = self._meta.auto_created
        return of_class(owner if isinstance(owner, type) else self._model)

    def _bases(self) -> Iterator[str]:
        """The models that this one adds columns to, or only behaviour."""
        if self._meta.proxy:
            yield text(self._meta.proxy_for_model._meta.label)
            return
        for parent, link in self._meta.parents.items():
            if link is not None and link.model is self._model:
                yield text(parent._meta.label)

    def _abstract(self) -> list[type]:
        return [
            base
            for base in self._model.__mro__[1:]
            if getattr(getattr(base, "_meta", None), "abstract", False)
        ]


def _order(one: Any) -> str:
    return one if isinstance(one, str) else shown(one)


def _constraint(one: Any) -> dict[str, Any]:
    kinds = {base.__name__ for base in type(one).__mro__}
    names = {"UniqueConstraint": "unique", "CheckConstraint": "check"}
    kind = next((kind for name, kind in names.items() if name in kinds), "other")
    if "ExclusionConstraint" in kinds:
        kind = "exclusion"
    fields = [text(name) for name in getattr(one, "fields", None) or ()]
    return {"name": text(one.name), "kind": kind, "fields": fields, "text": shown(one)}


def _index(one: Any) -> dict[str, Any]:
    return {
        "name": text(one.name),
        "fields": [text(name) for name in one.fields],
        "text": shown(one),
    }


def _docstring(model: Any) -> str:
    """Its first line; where nobody wrote one, Django makes one that lists the fields."""
    doc = model.__doc__
    made = doc is None or doc.startswith(f"{model.__name__}(")
    lines = [] if made else [line.strip() for line in doc.splitlines() if line.strip()]
    return text(lines[0], _LONGEST_DOC) if lines else ""
