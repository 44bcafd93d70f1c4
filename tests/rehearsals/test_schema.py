"""The difference of two SQLite databases."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from inspector_app.rehearsals.schema import schema_difference
from inspector_app.rehearsals.sqlite_structure import read_structure

BEFORE = (
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT); CREATE TABLE b (x INTEGER);"
    "INSERT INTO b VALUES (1), (2);"
)


def database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("".join(statements))
    return path


def compared(folder: Path, statements: str) -> dict[str, Any]:
    before = database(folder / "before", BEFORE)
    after = database(folder / "after", BEFORE, statements)
    soon = time.monotonic() + 60
    return schema_difference(read_structure(before, soon), read_structure(after, soon))


def parts(found: dict[str, Any], kind: str) -> list[tuple[str, str]]:
    (table,) = found["tables"]
    return [(part["name"], part["change"]) for part in table[kind]]


def test_equal_databases_differ_in_nothing(tmp_path: Path) -> None:
    found = compared(tmp_path, "")

    assert (found["tables"], found["others"], found["unchanged"]) == ([], [], 2)


@pytest.mark.parametrize(
    ("statements", "kind", "expected"),
    [
        ("ALTER TABLE a ADD COLUMN m REAL", "columns", [("m", "created")]),
        ("ALTER TABLE a DROP COLUMN n", "columns", [("n", "dropped")]),
        ("CREATE INDEX i ON a (n)", "indexes", [("i", "created")]),
        (
            "DROP TABLE a; CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT NOT NULL)",
            "columns",
            [("n", "changed")],
        ),
        (
            "DROP TABLE a; CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT UNIQUE)",
            "indexes",
            [("UNIQUE (n)", "created")],
        ),
        (
            "DROP TABLE a; CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT REFERENCES b (x))",
            "keys",
            [("n → b.x", "created")],
        ),
    ],
)
def test_a_part_of_a_table_that_differs_is_named(
    tmp_path: Path, statements: str, kind: str, expected: list[tuple[str, str]]
) -> None:
    found = compared(tmp_path, statements)

    assert parts(found, kind) == expected
    assert found["tables"][0]["change"] == "changed"


def test_another_number_of_rows_is_told(tmp_path: Path) -> None:
    (table,) = compared(tmp_path, "DELETE FROM b WHERE x = 1")["tables"]

    assert (table["name"], table["change"], table["rows"]) == ("b", "rows", [2, 1])


def test_a_constraint_shows_in_the_statement(tmp_path: Path) -> None:
    statements = "DROP TABLE b; CREATE TABLE b (x INTEGER CHECK (x > 0)); INSERT INTO b VALUES (1)"
    (table,) = compared(tmp_path, statements)["tables"]

    assert table["change"] == "changed"
    assert "CHECK (x > 0)" in table["definition"][1]


def test_the_checks_of_json_fields_are_no_trouble(tmp_path: Path) -> None:
    statement = "CREATE TABLE c (d TEXT CHECK ((JSON_VALID(d) OR d IS NULL)))"
    (table,) = compared(tmp_path, statement)["tables"]

    assert (table["name"], table["rows"]) == ("c", [None, 0])


def test_views_and_triggers_are_named(tmp_path: Path) -> None:
    found = compared(tmp_path, "CREATE VIEW v AS SELECT 1")

    assert [(one["kind"], one["name"], one["change"]) for one in found["others"]] == [
        ("view", "v", "created")
    ]


def test_odd_names_are_only_names(tmp_path: Path) -> None:
    name = 'a"; DROP TABLE b; --'
    found = compared(tmp_path, 'CREATE TABLE "a""; DROP TABLE b; --" AS SELECT 1')

    (table,) = found["tables"]
    assert (table["name"], table["rows"]) == (name, [None, 1])


def test_a_virtual_table_is_not_entered(tmp_path: Path) -> None:
    found = compared(tmp_path, "CREATE VIRTUAL TABLE f USING fts5(t); DROP TABLE f_data")

    tables = {table["name"]: table for table in found["tables"]}
    assert (tables["f"]["change"], tables["f"]["rows"]) == ("created", [None, None])


def test_rows_are_not_counted_when_time_is_over(tmp_path: Path) -> None:
    found = read_structure(database(tmp_path / "late", BEFORE), time.monotonic() - 1)

    assert {name: table.rows for name, table in found.tables.items()} == {"a": None, "b": None}
    assert list(found.tables["a"].columns) == ["id", "n"]


def test_a_damaged_file_is_an_error_of_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "damaged"
    path.write_bytes(b"SQLite format 3\0" + bytes(2000))

    with pytest.raises(sqlite3.Error):
        read_structure(path, time.monotonic() + 60)


def test_an_immutable_file_sees_no_lock_and_no_file_beside_it(tmp_path: Path) -> None:
    path = database(tmp_path / "wal", "PRAGMA journal_mode=wal;", BEFORE)
    before = path.stat().st_mtime_ns
    found = read_structure(path, time.monotonic() + 60, immutable=True)

    assert found.tables["b"].rows == 2
    assert [one.name for one in tmp_path.iterdir()] == ["wal"]
    assert path.stat().st_mtime_ns == before
