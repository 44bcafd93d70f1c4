"""What a SQLite database is made of: tables, columns, indexes, and how many rows there are.

The file was written by the project's code. Nothing of it is executed: virtual tables are not
entered, views are not asked. After the deadline no rows are counted any more.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

HEADER = b"SQLite format 3\0"
MOST_OBJECTS = 5_000
MOST_COLUMNS = 2_000
_STEPS = 10_000
_SQL_LIMIT = 4_000


@dataclass
class Table:
    """``columns`` and ``indexes`` say in SQL's words what each is; ``rows`` None: not counted."""

    sql: str
    columns: dict[str, str] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    rows: int | None = None


@dataclass
class Structure:
    """``others`` are views and triggers, by kind and name, with their SQL."""

    tables: dict[str, Table] = field(default_factory=dict)
    others: dict[tuple[str, str], str] = field(default_factory=dict)


def read_structure(path: Path, deadline: float, *, immutable: bool = False) -> Structure:
    """``immutable``: the file lies where not even a lock may be left behind.

    Raises:
        sqlite3.Error: it is damaged, is no database, or takes too long.
    """
    mode = "mode=ro&immutable=1" if immutable else "mode=rw"
    address = f"file:{quote(str(path))}?{mode}"
    with closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as database:
        database.text_factory = lambda raw: raw.decode("utf-8", "replace")
        database.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        # Not trusted_schema=OFF: older versions then refuse the JSON_VALID() of every JSONField.
        for pragma in ("cell_size_check=ON", "mmap_size=0"):
            database.execute(f"PRAGMA {pragma}")
        return _structure(database, deadline)


def _structure(database: sqlite3.Connection, deadline: float) -> Structure:
    found = Structure()
    listed = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type = 'index' LIMIT ?"
    for kind, name, owner, sql in database.execute(listed, (MOST_OBJECTS,)).fetchall():
        text = " ".join(str(sql or "").split())[:_SQL_LIMIT]
        if kind == "table" and not name.startswith("sqlite_"):
            found.tables[name] = Table(text)
        elif kind == "index" and sql and owner in found.tables:
            found.tables[owner].indexes[name] = text
        elif kind in ("view", "trigger"):
            found.others[kind, name] = text
    for name, table in found.tables.items():
        if not table.sql.upper().startswith("CREATE VIRTUAL"):
            _look_into(database, name, table)
            # The count of one table is one step, which nothing interrupts.
            if time.monotonic() < deadline:
                table.rows = _rows(database, name)
    return found


def _look_into(database: sqlite3.Connection, name: str, table: Table) -> None:
    columns = 'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?) LIMIT ?'
    for column, *facts in database.execute(columns, (name, MOST_COLUMNS)):
        table.columns[column] = _column(*facts)
    unique = "SELECT name FROM pragma_index_list(?) WHERE origin = 'u' LIMIT ?"
    for (index,) in database.execute(unique, (name, MOST_COLUMNS)).fetchall():
        parts = database.execute("SELECT name FROM pragma_index_info(?)", (index,))
        # Its own name is only a number, which moves when another one is dropped.
        text = f"UNIQUE ({', '.join(str(part) for (part,) in parts)})"
        table.indexes[text] = text
    keys = 'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) LIMIT ?'
    for column, other, target in database.execute(keys, (name, MOST_COLUMNS)):
        table.keys.append(f"{column} → {other}{f'.{target}' if target else ''}")
    table.keys.sort()


def _rows(database: sqlite3.Connection, name: str) -> int:
    escaped = name.replace('"', '""')
    (count,) = database.execute(f'SELECT count(*) FROM "{escaped}"').fetchone()  # noqa: S608
    return int(count)


def _column(kind: Any, required: Any, default: Any, key: Any) -> str:
    words = [str(kind)]
    if required:
        words.append("NOT NULL")
    if default is not None:
        words.append(f"DEFAULT {str(default)[:200]}")
    if key:
        words.append("PRIMARY KEY")
    return " ".join(word for word in words if word)
