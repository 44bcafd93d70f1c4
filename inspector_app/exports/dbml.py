"""A view of the models as DBML: tables, references, and a group for each app.

Tables and columns have the names of the database where they are known. A many-to-many relation is
the table that Django makes for it where that one is shown, else a reference of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector_app.schema.model_graph import (
    FK,
    GENERIC,
    GFK,
    INHERITS,
    M2M,
    O2O,
    PK,
    WORDS,
    App,
    Box,
    Edge,
    Row,
)
from inspector_app.schema.shown import Shown, rows


def dbml(shown: Shown) -> str:
    """The tables of a view; of models that stand beside it, only the primary key."""
    every = {box.label: box for box in (*shown.boxes, *shown.near)}
    tables = {label: _table_name(box) for label, box in every.items()}
    described: dict[str, str] = {}
    parts: list[str] = []
    for label, box in every.items():
        # A proxy has no table of its own; nor has what maps another one's a second time.
        if tables[label] in described:
            parts.append(f"// {_flat(label)} uses the table of {described[tables[label]]}")
            continue
        described[tables[label]] = _flat(label)
        fields = shown.view.fields if box in shown.boxes else "names"
        parts.append(_table(box, list(_columns(box, fields, shown.edges)), tables))
    parts += dict.fromkeys(
        line for edge in shown.edges if (line := _reference(edge, every, tables)) is not None
    )
    parts += [group for app in shown.apps if (group := _group(app, shown, tables, described))]
    return "\n\n".join(parts) + "\n"


def _group(app: App, shown: Shown, tables: dict[str, str], described: dict[str, str]) -> str:
    inside = [
        f"  {tables[box.label]}"
        for box in shown.boxes
        if box.app == app.label and described.get(tables[box.label]) == _flat(box.label)
    ]
    return f"TableGroup {_name(app.label)} {{\n" + "\n".join(inside) + "\n}" if inside else ""


def _columns(box: Box, fields: str, edges: list[Edge]) -> Iterator[Row]:
    """Those shown, the primary key, and what a reference begins with; no relation without one."""
    seen = {row.name for row in rows(box, fields)}
    used = {edge.field for edge in edges if edge.source == box.label}
    keys = _primary(box)
    for row in box.rows:
        has_column = row.key not in (M2M, GFK, GENERIC)
        if row in keys or (has_column and (row.name in seen or row.name in used)):
            yield row


def _primary(box: Box) -> list[Row]:
    """Its key, as far as it is known: a child's is the link to its parent."""
    keys = [row for row in box.rows if row.entry.get("primary_key")]
    return keys or [row for row in box.rows if row.key == O2O and row.name.endswith("_ptr")][:1]


def _table(box: Box, columns: list[Row], tables: dict[str, str]) -> str:
    # A key of which nothing is known is there all the same, and references end in it.
    keys = [] if _primary(box) else ['  "id" "unknown" [pk]']
    lines = keys + [f"  {_column(row)}" for row in columns]
    return (
        f"Table {tables[box.label]} {{\n" + "\n".join(lines) + f"\n  Note: {_text(box.label)}\n}}"
    )


def _column(row: Row) -> str:
    settings = []
    if row.key == PK or row.entry.get("primary_key"):
        settings.append("pk")
    elif row.entry.get("unique"):
        settings.append("unique")
    if row.entry.get("null") is False and "pk" not in settings:
        settings.append("not null")
    kind = row.entry.get("column_type") or row.kind or "unknown"
    said = f" [{', '.join(settings)}]" if settings else ""
    return f"{_name(_column_name(row))} {_name(kind)}{said}"


def _column_name(row: Row) -> str:
    known = row.entry.get("db_column")
    if known:
        return str(known)
    return f"{row.name}_id" if row.key in (FK, O2O) else row.name


def _reference(edge: Edge, every: dict[str, Box], tables: dict[str, str]) -> str | None:
    source, target = every[edge.source], every[edge.target]
    if edge.kind == M2M and f"{edge.source}_{edge.field}" in every:
        return None
    sign = {FK: ">", O2O: "-", INHERITS: "-", M2M: "<>"}.get(edge.kind)
    column = _key_name(source) if edge.kind == M2M else _source_name(source, edge)
    if sign is None or column is None:
        return f"// {_flat(edge.source)} {WORDS[edge.kind]} {_flat(edge.target)}"
    start = f"{tables[source.label]}.{_name(column)}"
    end = f"{tables[target.label]}.{_name(_key_name(target))}"
    if start == end:
        # DBML has no many-to-many relation of a table with itself.
        return f"// {_flat(edge.source)}.{_flat(edge.field)} {WORDS[edge.kind]} itself"
    return f"Ref: {start} {sign} {end}"


def _source_name(box: Box, edge: Edge) -> str | None:
    row = next((row for row in box.rows if row.name == edge.field and row.entry), None)
    return _column_name(row) if row is not None else None


def _key_name(box: Box) -> str:
    row = next(iter(_primary(box)), None)
    return _column_name(row) if row is not None else "id"


def _table_name(box: Box) -> str:
    """A schema's dot would split it, so a label stands with an underscore."""
    return _name(str(box.entry["table"]) or box.label.replace(".", "_"))


def _name(text: str) -> str:
    """Always quoted: names of the database may be words of DBML."""
    return '"' + _flat(text).replace("\\", "\\\\").replace('"', "'") + '"'


def _text(text: str) -> str:
    return "'" + _flat(text).replace("\\", "\\\\").replace("'", "\\'") + "'"


def _flat(text: str) -> str:
    return " ".join(text.split())
