"""The fields of a model's own table, and the relations among them."""

from __future__ import annotations

from itertools import islice
from typing import Any, Iterator

from .plain import dotted, shown, text

_LONGEST_DEFAULT = 200
_MOST_CHOICES = 10_000


class Fields:
    """Those of one model. A child of a concrete model has copies of its parent's, left out here."""

    def __init__(self, model: Any, connection: Any) -> None:
        self._model = model
        self._meta = model._meta
        self._connection = connection

    def _declared(self) -> list[Any]:
        meta = self._meta
        fields = [*meta.local_fields, *meta.local_many_to_many, *meta.private_fields]
        return [field for field in fields if not getattr(field, "mti_inherited", False)]

    def entries(self) -> list[dict[str, Any]]:
        inherited = self._inherited()
        return [self._entry(field, inherited) for field in self._declared()]

    def relations(self) -> Iterator[dict[str, Any]]:
        for field in self._declared():
            kind = kind_of(field)
            if kind:
                yield {
                    "from": text(self._meta.label),
                    "to": None if kind == "gfk" else _label(field.related_model),
                    "field": text(field.name),
                    "kind": kind,
                    "auto_created": bool(self._meta.auto_created),
                }

    def _inherited(self) -> set[str]:
        """The names of fields that abstract bases declare."""
        names: set[str] = set()
        for base in self._model.__mro__[1:]:
            meta: Any = getattr(base, "_meta", None)
            if meta is not None and meta.abstract:
                for fields in (meta.local_fields, meta.local_many_to_many, meta.private_fields):
                    names.update(field.name for field in fields)
        return names

    def _entry(self, field: Any, inherited: set[str]) -> dict[str, Any]:
        primary_key = _flag(field, "primary_key")
        made = _flag(field, "auto_created") or bool(self._meta.auto_created)
        entry: dict[str, Any] = {
            "name": text(field.name),
            "kind": type(field).__name__,
            "null": _flag(field, "null"),
            "unique": _flag(field, "unique"),
            "primary_key": primary_key,
            "auto_created": made or field.name == "_order",
            "inherited": field.name in inherited,
            "blank": _flag(field, "blank"),
            "editable": _flag(field, "editable"),
            "db_index": _flag(field, "db_index"),
            "db_column": _text_or_none(getattr(field, "column", None)),
            "column_type": self._column_type(field),
            "max_length": _number(getattr(field, "max_length", None)),
            "help_text": text(getattr(field, "help_text", "")),
            "choices": _choices(field),
        }
        entry.update(_default(field))
        entry.update(_relation(field))
        return entry

    def _column_type(self, field: Any) -> str | None:
        if self._connection is None or not hasattr(field, "db_type"):
            return None
        try:
            return _text_or_none(field.db_type(self._connection))
        except Exception:
            return None


def kind_of(field: Any) -> str:
    """fk, o2o, m2m, gfk or generic; empty for a field that points nowhere."""
    if not field.is_relation:
        return ""
    if field.many_to_many:
        return "m2m"
    if field.one_to_one:
        return "o2o"
    if field.one_to_many:
        return "generic"
    return "gfk" if field.related_model is None else "fk"


def _relation(field: Any) -> dict[str, Any]:
    remote = getattr(field, "remote_field", None)
    if not field.is_relation or remote is None:
        return {"to": None, "through": None, "related_name": None, "on_delete": None}
    on_delete = getattr(remote, "on_delete", None)
    through = getattr(remote, "through", None)
    return {
        "to": _label(field.related_model),
        "through": _label(through) if through is not None else None,
        "related_name": _text_or_none(getattr(remote, "related_name", None)),
        "on_delete": getattr(on_delete, "__name__", None) if on_delete is not None else None,
    }


def _default(field: Any) -> dict[str, Any]:
    has = getattr(field, "has_default", None)
    if has is None or not has():
        return {"default": "none", "default_text": None}
    if callable(field.default):
        name = dotted(field.default) or shown(field.default, _LONGEST_DEFAULT)
        return {"default": "callable", "default_text": name}
    return {"default": "value", "default_text": shown(field.default, _LONGEST_DEFAULT)}


def _choices(field: Any) -> int | None:
    choices = getattr(field, "choices", None)
    if choices is None:
        return None
    try:
        # Since Django 5.0 they may be made by the project's own code, without an end.
        return sum(1 for _ in islice(field.flatchoices, _MOST_CHOICES)) or None
    except Exception:
        return None


def _label(model: Any) -> str | None:
    """A relation to a model that does not exist keeps the name that it was given."""
    if model is None:
        return None
    meta = getattr(model, "_meta", None)
    return text(meta.label if meta is not None else model)


def _flag(field: Any, name: str) -> bool:
    return bool(getattr(field, name, False))


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text_or_none(value: Any) -> str | None:
    return None if value is None else text(value)
