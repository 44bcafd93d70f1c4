"""What a report tells of a model and its fields besides its schema."""

from __future__ import annotations

import builtins
import re
from typing import Any

from .class_shapes import Default, Reference
from .declarations import Declared
from .meta_reading import Made
from .model_facts import ModelFacts
from .names import Class, Names

Entry = dict[str, Any]

_HUMPS = re.compile(r"(((?<=[a-z])[A-Z])|([A-Z](?![A-Z]|$)))")
_LENGTHS = {
    "SlugField": 50,
    "URLField": 200,
    "EmailField": 254,
    "FileField": 100,
    "ImageField": 100,
    "FilePathField": 100,
    "UUIDField": 32,
}
_PLAIN_MANAGER = "django.db.models.manager.Manager"
PLAIN_MANAGER: Entry = {"name": "objects", "class": _PLAIN_MANAGER}
_OF_GENERIC: Entry = {"null": True, "related_name": "+", "on_delete": "DO_NOTHING"}
# What a field has that nobody wrote an argument for.
MADE: Entry = {
    "blank": False,
    "editable": True,
    "db_index": False,
    "max_length": None,
    "help_text": "",
    "choices": None,
    "default": "none",
    "default_text": None,
    "column_type": None,
    "to": None,
    "through": None,
    "related_name": None,
    "on_delete": None,
}


def field_details(each: Declared, model: Class, facts: ModelFacts) -> Entry:
    arguments = each.outline.arguments
    words = _words(model, facts)
    related = _text(arguments.get("related_name"))
    stamped = each.says("auto_now") or each.says("auto_now_add")
    generic = each.relation in ("gfk", "generic")
    indexed = each.relation in ("fk", "o2o") or each.kind == "SlugField"
    length = arguments.get("max_length")
    if isinstance(length, Reference):
        length = facts.constant(each.by, length.name)  # type: ignore[assignment]
    return MADE | {
        "blank": each.says("blank") or stamped or each.relation == "generic",
        "editable": arguments.get("editable") is not False and not stamped and not generic,
        "db_index": each.says("db_index") or (indexed and arguments.get("db_index") is not False),
        "max_length": length if type(length) is int else _LENGTHS.get(each.kind),
        "help_text": _text(arguments.get("help_text")) or "",
        "choices": _choices(arguments.get("choices"), each, facts),
        "db_column": _column(each),
        "related_name": _formatted(related, words) if related is not None else None,
        "on_delete": _text(arguments.get("on_delete")) if each.relation in ("fk", "o2o") else None,
        **_default(arguments.get("default"), each, facts),
        **(_OF_GENERIC if each.relation == "generic" else {}),
    }


def model_details(one: Class, facts: ModelFacts, names: Names) -> Entry:
    meta = facts.meta(one)
    words = _words(one, facts)
    verbose = meta.get("verbose_name")
    abstract = [base for base in facts.ancestors(one) if facts.abstract(base)]
    return {
        "module": one.module,
        "verbose_name": verbose if isinstance(verbose, str) else _spaced(one.name),
        "bases": [facts.label(parent) for parent in facts.parents(one)],
        "abstract_bases": [f"{base.module}.{base.name}" for base in abstract],
        "ordering": list(_sequence(facts.ordering(one))),
        "constraints": [
            {"name": _formatted(made.name, words), "kind": made.kind, "fields": list(made.fields)}
            | {"text": made.text}
            for made in _made(meta.get("constraints"))
        ],
        "indexes": [
            {"name": _formatted(made.name, words), "fields": list(made.fields), "text": made.text}
            for made in _made(meta.get("indexes"))
        ],
        "unique_together": [list(one) for one in _sequence(meta.get("unique_together"))],
        "managers": _managers(one, facts, names),
        "docstring": one.outline.docstring,
        "admin": None,
    }


def _managers(one: Class, facts: ModelFacts, names: Names) -> list[Entry]:
    """Its own and those that it inherits; the plain one where there is none."""
    found: dict[str, Entry] = {}
    for base in (one, *facts.ancestors(one)):
        for name, callee in base.outline.managers:
            cls = callee.removesuffix(".as_manager")
            resolved = names.resolve(base.module, cls)
            full = f"{resolved.module}.{resolved.name}" if isinstance(resolved, Class) else resolved
            if full.startswith("django.db.models.") and full.endswith(".Manager"):
                full = _PLAIN_MANAGER
            made = ".as_manager" if cls != callee else ""
            found.setdefault(name, {"name": name, "class": f"{full}{made}"})
    return list(found.values()) or [PLAIN_MANAGER]


def _made(value: object) -> list[Made]:
    return [one for one in value if isinstance(one, Made)] if isinstance(value, tuple) else []


def _words(one: Class, facts: ModelFacts) -> dict[str, str]:
    return {"app_label": facts.label(one).partition(".")[0].lower(), "class": one.name.lower()}


def _formatted(text: str, words: dict[str, str]) -> str:
    """In an abstract base a name has places for those of the model."""
    try:
        return text % words if "%(" in text else text
    except (KeyError, TypeError, ValueError):
        return text


def _sequence(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _column(each: Declared) -> str | None:
    if each.relation in ("gfk", "generic"):
        return None
    given = each.outline.arguments.get("db_column")
    name = each.outline.name
    pointing = each.relation in ("fk", "o2o")
    return given if isinstance(given, str) else f"{name}_id" if pointing else name


def _choices(value: object, each: Declared, facts: ModelFacts) -> int | None:
    if isinstance(value, Reference):
        enumeration = value.name.removesuffix(".choices")
        return facts.members(each.by, enumeration) if enumeration != value.name else None
    return value if isinstance(value, int) else None


def _default(default: object, each: Declared, facts: ModelFacts) -> Entry:
    if not isinstance(default, Default):
        return {}
    named = default.callable and default.text != "lambda"
    text = facts.full_name(each.by, default.text) if named else default.text
    if named and "." not in text.removeprefix(f"{each.by.module}."):
        # Built in, unless the module itself has such a function.
        text = default.text if default.text in dir(builtins) else text
    return {"default": "callable" if default.callable else "value", "default_text": text}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _spaced(name: str) -> str:
    """As Django makes a name for people of a class's name."""
    return _HUMPS.sub(r" \1", name).strip().lower()
