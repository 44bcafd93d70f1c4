from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backend import data, database, paths
from backend.lock import locked
from inspector_app.errors import Problem


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("mounting needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def stamped(path: Path, stamp: int) -> bytes:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE kept (value)")
        connection.execute(f"PRAGMA user_version = {stamp}")
        connection.commit()
    return path.read_bytes()


def test_a_missing_directory_is_made_for_its_owner_only(tmp_path: Path) -> None:
    data.prepare(tmp_path / "a" / "b")

    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


def test_a_file_in_the_place_of_the_directory_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Problem) as caught:
        data.prepare(tmp_path / "file")
    assert caught.value.code == "data_dir_not_a_folder"


def test_a_link_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")

    with pytest.raises(Problem, match="it is a link that leads nowhere"):
        data.prepare(tmp_path / "link")


def test_a_name_that_is_no_text_is_said(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/data-\xff"))

    with pytest.raises(Problem, match="is not valid UTF-8") as caught:
        data.prepare(folder)
    caught.value.message.encode()
    assert not folder.exists()


def test_a_second_holder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with locked(tmp_path, "a test"), pytest.raises(Problem) as caught, locked(tmp_path, "a test"):
        pass

    assert caught.value.code == "data_dir_in_use"
    assert f"process {os.getpid()}" in caught.value.message


def test_the_lock_is_free_again_after_use(tmp_path: Path) -> None:
    with locked(tmp_path, "a test"):
        pass
    with locked(tmp_path, "a test"):
        pass


def test_a_database_from_a_newer_version_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "djdesk.sqlite3"
    before = stamped(path, database.SCHEMA + 1)

    with pytest.raises(Problem) as caught:
        database.migrate(path, lambda _: None)

    assert caught.value.code == "database_newer"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_that_is_none_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "djdesk.sqlite3"
    path.write_bytes(b"not a database at all" * 100)

    with pytest.raises(Problem) as caught, database.explained(path):
        database.migrate(path, lambda _: None)

    assert caught.value.code == "database_unreadable"
    assert path.read_bytes() == b"not a database at all" * 100


def test_an_up_to_date_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "djdesk.sqlite3"
    before = stamped(path, database.SCHEMA)

    database.migrate(path, lambda _: None)

    assert path.read_bytes() == before


def test_a_new_database_begins_as_the_one_that_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "empty.sqlite3"
    contents = stamped(shipped, database.SCHEMA)
    monkeypatch.setattr(paths, "EMPTY_DATABASE", shipped)
    database.migrate(tmp_path / "djdesk.sqlite3", lambda _: None)

    assert (tmp_path / "djdesk.sqlite3").read_bytes() == contents


def test_a_new_database_is_there_whole_or_not_at_all(
    full_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "empty.sqlite3"
    shipped.write_bytes(bytes(100_000))
    monkeypatch.setattr(paths, "EMPTY_DATABASE", shipped)
    path = full_disk / "djdesk.sqlite3"

    with pytest.raises(Problem) as caught, database.explained(path):
        database.migrate(path, lambda _: None)

    assert caught.value.code == "data_dir_full"
    assert list(full_disk.iterdir()) == []


def test_a_database_that_cannot_be_backed_up_is_left_alone(full_disk: Path) -> None:
    path = full_disk / "djdesk.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE kept (value)")
        connection.execute("INSERT INTO kept VALUES (zeroblob(40000))")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    before = path.read_bytes()

    with pytest.raises(Problem) as caught, database.explained(path):
        database.migrate(path, lambda _: None)

    assert caught.value.code == "backup_failed"
    assert "Nothing was changed." in caught.value.hint
    assert path.read_bytes() == before
    assert list((full_disk / "backups").iterdir()) == []


def test_a_database_that_is_there_is_not_replaced_by_the_one_that_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "djdesk.sqlite3"
    contents = stamped(path, database.SCHEMA)
    (tmp_path / "empty.sqlite3").write_bytes(b"another")
    monkeypatch.setattr(paths, "EMPTY_DATABASE", tmp_path / "empty.sqlite3")
    database.migrate(path, lambda _: None)

    assert path.read_bytes() == contents


def test_the_stamp_is_raised_with_every_migration() -> None:
    folder = Path(__file__).parents[2] / "inspector_app" / "migrations"
    migrations = list(folder.glob("0*.py"))

    assert len(migrations) == database.SCHEMA


def test_a_full_disk_is_said(full_disk: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        (full_disk / "filler").write_bytes(b"x" * 200_000)
    with pytest.raises(Problem) as caught:
        data.prepare(full_disk)
    assert caught.value.code == "data_dir_full"


def test_a_read_only_directory_is_said(full_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(full_disk)], check=True)
    with pytest.raises(Problem) as caught:
        data.prepare(full_disk)
    assert caught.value.code == "data_dir_read_only"
