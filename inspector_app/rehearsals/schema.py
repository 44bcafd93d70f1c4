"""The difference of two structures of a SQLite database, as data for a page and for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .sqlite_structure import Structure, Table

MOST_TABLES = 1_000

Item = dict[str, Any]


def schema_difference(before: Structure, after: Structure) -> Item:
    """``tables`` are those that differ, with their row counts; ``unchanged`` counts the others."""
    changes = _named(before.tables, after.tables)
    tables = [found for name, old, new in changes if (found := _table(name, old, new)) is not None]
    others = [
        {"kind": kind, "name": name, "change": _change(old, new), "before": old, "after": new}
        for (kind, name), old, new in _named(before.others, after.others)
        if old != new
    ]
    return {
        "tables": tables[:MOST_TABLES],
        "omitted": max(len(tables) - MOST_TABLES, 0),
        "others": others[:MOST_TABLES],
        "unchanged": len(changes) - len(tables),
    }


def _table(name: str, old: Table | None, new: Table | None) -> Item | None:
    before, after = old or Table(""), new or Table("")
    parts: Item = {
        "columns": _differences(before.columns, after.columns, "column"),
        "indexes": _differences(before.indexes, after.indexes, "index"),
        "keys": _differences(
            dict.fromkeys(before.keys, ""), dict.fromkeys(after.keys, ""), "foreign key"
        ),
    }
    rows = [old.rows if old else None, new.rows if new else None]
    same_parts = not any(parts.values())
    if old and new and same_parts and before.sql == after.sql and rows[0] == rows[1]:
        return None
    # What is no column, index or key shows in the statement only: a constraint, say.
    told = old is None or new is None or not same_parts
    definition = None if told or before.sql == after.sql else [before.sql, after.sql]
    change = _change(old, new)
    if change == "changed" and same_parts and definition is None:
        change = "rows"
    return {"name": name, "change": change, **parts, "definition": definition, "rows": rows}


def _differences(before: Mapping[str, str], after: Mapping[str, str], kind: str) -> list[Item]:
    return [
        {"kind": kind, "name": name, "change": _change(old, new), "before": old, "after": new}
        for name, old, new in _named(before, after)
        if old != new
    ]


def _named(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> list[tuple[Any, Any, Any]]:
    """Every name with what it was and what it is: old ones in their order, then those added."""
    names = dict.fromkeys([*before, *after])
    return [(name, before.get(name), after.get(name)) for name in names]


def _change(old: object, new: object) -> str:
    if old is None:
        return "created"
    return "dropped" if new is None else "changed"
