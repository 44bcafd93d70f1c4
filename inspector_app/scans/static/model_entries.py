"""The parts of a report that describe models: one function for each kind of entry."""

from __future__ import annotations

from typing import Any

from .declarations import Declared
from .model_details import MADE, PLAIN_MANAGER, field_details, model_details
from .model_facts import ModelFacts
from .modules import Modules
from .names import Class, Names

Entry = dict[str, Any]

_POINTING = frozenset({"ForeignKey", "OneToOneField"})


def model_entry(one: Class, facts: ModelFacts, names: Names) -> Entry:
    modules = names.modules
    label = facts.label(one)
    fields = [] if facts.proxy(one) else facts.declared(one)
    return {
        "name": one.name,
        "label": label,
        "table": facts.table(one),
        "fields": [field_entry(each, one, facts, modules) for each in fields],
        "proxy": facts.proxy(one),
        "swapped": facts.swapped(one),
        "managed": facts.managed(one),
        "auto_created": False,
        "abstract": facts.abstract(one),
        "file": modules.shown(one.file),
        "line": one.outline.line,
        **model_details(one, facts, names),
    }


def field_entry(each: Declared, model: Class, facts: ModelFacts, modules: Modules) -> Entry:
    return {
        "name": each.outline.name,
        "kind": each.kind,
        "null": each.says("null"),
        "unique": each.says("unique") or each.says("primary_key") or each.relation == "o2o",
        "primary_key": each.says("primary_key"),
        "auto_created": False,
        "inherited": each.by != model,
        "file": modules.shown(each.by.file),
        "line": each.outline.line,
        **field_details(each, model, facts),
    }


def made_field(
    name: str,
    kind: str,
    entry: Entry,
    target: str | None = None,
    related_name: str | None = None,
    *,
    primary_key: bool = False,
) -> Entry:
    """A field that Django adds by itself; it stands where its model stands."""
    return {
        "name": name,
        "kind": kind,
        "null": False,
        "unique": primary_key,
        "primary_key": primary_key,
        "auto_created": True,
        "inherited": False,
        "file": entry["file"],
        "line": entry["line"],
        **MADE,
        "blank": name == "id",
        "editable": name != "_order",
        "db_column": f"{name}_id" if kind in _POINTING else name,
        "db_index": kind in _POINTING,
        "to": target,
        "related_name": related_name,
        "on_delete": "CASCADE" if target is not None else None,
    }


def relation_entry(
    source: str, target: str | None, field: str, kind: str, *, auto_created: bool = False
) -> Entry:
    """One relation; ``target`` is None for a generic foreign key, which points anywhere."""
    return {
        "from": source,
        "to": target,
        "field": field,
        "kind": kind,
        "auto_created": auto_created,
    }


def through_entry(
    owner: Entry, target: str, each: Declared, key_kind: str, *, managed: bool
) -> tuple[Entry, list[Entry]]:
    """The model Django makes for a many-to-many field without ``through``, and its relations.

    It stands where the field stands.
    """
    app_label = owner["label"].partition(".")[0]
    field = each.outline.name
    source_name, target_name = owner["name"].lower(), target.rpartition(".")[2].lower()
    if source_name == target_name:
        source_name, target_name = f"from_{source_name}", f"to_{target_name}"
    label = f"{app_label}.{owner['name']}_{field}"
    table = each.outline.arguments.get("db_table")
    entry = {
        **owner,
        "name": f"{owner['name']}_{field}",
        "label": label,
        "verbose_name": f"{source_name}-{target_name} relationship",
        **{key: [] for key in ("bases", "abstract_bases", "ordering", "constraints", "indexes")},
        "unique_together": [[source_name, target_name]],
        "managers": [PLAIN_MANAGER],
        "docstring": "",
        "table": table if isinstance(table, str) else f"{owner['table']}_{field}",
        "auto_created": True,
        "managed": managed,
        "file": next(one["file"] for one in owner["fields"] if one["name"] == field),
        "line": each.outline.line,
    }
    entry["fields"] = [
        made_field("id", key_kind, entry, primary_key=True),
        made_field(source_name, "ForeignKey", entry, owner["label"], f"{entry['name']}+"),
        made_field(target_name, "ForeignKey", entry, target, f"{entry['name']}+"),
    ]
    return entry, [
        relation_entry(label, owner["label"], source_name, "fk", auto_created=True),
        relation_entry(label, target, target_name, "fk", auto_created=True),
    ]
