from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from inspector_app.runs import secrets, snapshots
from inspector_app.runs.cancel import cancel
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from tests.proving import require
from tests.runs.project import executed, opened
from tests.runs.test_jail import Recorder, followed, policy

# A program that writes all the time: every page of the database belongs to the same transaction.
WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=60)
turn = 0
while True:
    turn += 1
    connection.execute("UPDATE t SET n = ?, filler = randomblob(2000)", (turn,))
    connection.commit()
    if turn == 1:
        print("ready", flush=True)
"""
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("BEGIN EXCLUSIVE")
print(flush=True)
sys.stdin.read()
"""
READER = """
import sqlite3
connection = sqlite3.connect("db.sqlite3")
print(connection.execute("PRAGMA integrity_check").fetchone()[0])
print(len(connection.execute("SELECT DISTINCT n FROM t").fetchall()))
"""


def make_database(path: Path, journal_mode: str, rows: int = 10) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode={journal_mode}")
        connection.execute("CREATE TABLE t (n INTEGER, filler BLOB)")
        connection.executemany("INSERT INTO t VALUES (0, randomblob(2000))", [()] * rows)
        connection.commit()


@contextmanager
def busy(path: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            yield
        finally:
            writer.kill()


def wait_as_long_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer on a slow disk lets go of its lock more seldom than a user waits for."""
    monkeypatch.setattr(snapshots, "EACH_S", 60.0)
    monkeypatch.setattr(snapshots, "TOGETHER_S", 60.0)


def names(taken: snapshots.Taken) -> list[str]:
    return sorted(entry["path"] for entry in taken.entries)


@pytest.mark.parametrize("tier", ["copy-on-write", "shadow"])
@pytest.mark.parametrize("journal_mode", ["delete", "wal"])
def test_a_command_reads_a_busy_database_whole(
    settings: Settings,
    tmp_path: Path,
    journal_mode: str,
    tier: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    require(tier)
    wait_as_long_as_it_takes(monkeypatch)
    asked = policy(tmp_path, sys.executable, "-c", READER, tier=tier)
    database = tmp_path / "root" / "db.sqlite3"
    make_database(database, journal_mode, rows=10_000)
    recorder = Recorder()
    with busy(database):
        taken = snapshots.take(
            tmp_path / "root", tmp_path / "scratch" / "databases", secrets.hidden()
        )
        process = followed(
            Path(settings.DJDESK_JAIL), asked | {"snapshots": taken.entries}, recorder
        )

    assert (names(taken), taken.notes) == (["db.sqlite3"], [])
    assert recorder.output[0] == b"ok\n1\n", recorder.output[1]
    assert process.ended is not None
    writes = [(one["path"], one["change"]) for one in process.ended["attempted_writes"]]
    assert ("db.sqlite3", "modified") not in writes


@pytest.mark.parametrize("journal_mode", ["delete", "wal"])
def test_a_command_reads_a_busy_database_beside_its_project_whole(
    settings: Settings, tmp_path: Path, journal_mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    require("copy-on-write")
    wait_as_long_as_it_takes(monkeypatch)
    reader = READER.replace("db.sqlite3", "../db.sqlite3")
    asked = policy(tmp_path, sys.executable, "-c", reader, tier="copy-on-write")
    database = tmp_path / "db.sqlite3"
    make_database(database, journal_mode, rows=10_000)
    recorder = Recorder()
    with busy(database):
        taken = snapshots.take(
            tmp_path / "root", tmp_path / "scratch" / "databases", secrets.hidden()
        )
        beside = {"divert": [str(tmp_path)], "snapshots_beside": taken.beside}
        process = followed(Path(settings.DJDESK_JAIL), asked | beside, recorder)

    assert ([entry["path"] for entry in taken.beside], taken.notes) == ([str(database)], [])
    assert recorder.output[0] == b"ok\n1\n", recorder.output[1]
    assert process.ended is not None
    assert process.ended["notes"] == []
    writes = {one["path"]: one["change"] for one in process.ended["attempted_writes"]}
    assert writes[str(database)] == "touched"


def test_a_database_beside_the_project_that_nobody_uses_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    database = tmp_path / "db.sqlite3"
    make_database(database, "delete")
    an_hour_ago = database.stat().st_mtime - 3600
    os.utime(database, (an_hour_ago, an_hour_ago))
    taken = snapshots.take(tmp_path / "root", tmp_path / "databases", secrets.hidden())

    assert (taken.entries, taken.beside, taken.notes) == ([], [], [])


def test_a_database_that_is_only_opened_is_touched(settings: Settings, tmp_path: Path) -> None:
    require("copy-on-write")
    asked = policy(tmp_path, sys.executable, "-c", READER, tier="copy-on-write")
    make_database(tmp_path / "root" / "db.sqlite3", "delete")
    taken = snapshots.take(tmp_path / "root", tmp_path / "scratch" / "databases", secrets.hidden())
    process = followed(Path(settings.DJDESK_JAIL), asked | {"snapshots": taken.entries}, Recorder())

    assert process.ended is not None
    writes = [(one["path"], one["change"]) for one in process.ended["attempted_writes"]]
    assert writes == [("db.sqlite3", "touched")]


def test_an_idle_database_with_a_log_gets_no_files_beside_it(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    make_database(root / "db.sqlite3", "wal")
    taken = snapshots.take(root, tmp_path / "databases", secrets.hidden())

    assert taken.entries == []
    assert [path.name for path in root.iterdir()] == ["db.sqlite3"]


def test_a_database_that_stays_locked_is_named(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    make_database(root / "db.sqlite3", "delete")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root / "db.sqlite3")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        taken = snapshots.take(root, tmp_path / "databases", secrets.hidden())
        holder.kill()

    assert taken.entries == []
    assert taken.notes[0].startswith("db.sqlite3 could not be copied whole (it is locked)")


def test_one_whose_writer_was_killed_is_named_and_keeps_its_journal(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    database, journal = root / "db.sqlite3", root / "db.sqlite3-journal"
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("CREATE TABLE one (two)")
        writer.executemany("INSERT INTO one VALUES (?)", [("x" * 500,)] * 500)
        writer.execute("PRAGMA cache_size=1")
        writer.execute("BEGIN")
        writer.execute("UPDATE one SET two = 'y'")
        files = {path: path.read_bytes() for path in (database, journal)}
    for path, content in files.items():
        path.write_bytes(content)
    taken = snapshots.take(root, tmp_path / "databases", secrets.hidden())

    assert taken.entries == []
    assert "(a program that wrote to it was killed, and its journal" in taken.notes[0]
    assert {path: path.read_bytes() for path in root.iterdir()} == files


def test_other_files_with_such_names_are_left_alone(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "thumbs.db").write_bytes(b"no database" * 10)

    assert snapshots.take(root, tmp_path / "databases", secrets.hidden()) == snapshots.Taken()


def test_our_own_database_is_never_opened(settings: Settings, tmp_path: Path) -> None:
    """To close it would drop the locks that this process holds on it."""
    settings.DJDESK_OWN_DIRS = [tmp_path / "root" / "data"]
    (tmp_path / "root" / "data").mkdir(parents=True)
    make_database(tmp_path / "root" / "data" / "djdesk.sqlite3", "delete")

    assert snapshots.take(tmp_path / "root", tmp_path / "databases", secrets.hidden()).entries == []


def test_a_link_to_a_database_elsewhere_is_not_copied(tmp_path: Path) -> None:
    make_database(tmp_path / "cookies.sqlite3", "delete")
    root = tmp_path / "root"
    root.mkdir()
    (root / "leak.sqlite3").symlink_to(tmp_path / "cookies.sqlite3")

    assert snapshots.take(root, tmp_path / "databases", secrets.hidden()).entries == []


def test_a_database_whose_name_is_not_text_is_named_and_stops_nothing(tmp_path: Path) -> None:
    make_database(tmp_path / os.fsdecode(b"caf\xe9.sqlite3"), "delete")
    make_database(tmp_path / "db.sqlite3", "delete")
    taken = snapshots.take(tmp_path, tmp_path / "databases", secrets.hidden())

    assert [one["path"] for one in taken.entries] == ["db.sqlite3"]
    assert [note.partition(" has")[0] for note in taken.notes] == ["caf\ufffd.sqlite3"]


def test_a_pipe_with_the_name_of_a_database_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "db.sqlite3")

    assert snapshots.take(tmp_path, tmp_path / "databases", secrets.hidden()).entries == []


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a database of 2 MB that is copied in many steps."""
    monkeypatch.setattr(snapshots, "STEP_BYTES", 64 * 1024)
    root = tmp_path / "root"
    root.mkdir()
    make_database(root / "db.sqlite3", "delete", rows=1000)
    return root


def stop_after(looks: int) -> Callable[[], bool]:
    left = iter(range(looks))
    return lambda: next(left, None) is None


def test_a_copy_ends_as_soon_as_nobody_wants_it(large: Path, tmp_path: Path) -> None:
    taken = snapshots.take(large, tmp_path / "databases", [], stopped=stop_after(5))

    assert taken.entries == []
    assert "could not be copied whole (it was stopped)" in taken.notes[0]
    assert list((tmp_path / "databases").iterdir()) == []


def test_one_that_takes_too_long_is_not_said_to_be_locked(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "TOGETHER_S", 0.0)
    taken = snapshots.take(large, tmp_path / "databases", [])

    assert taken.entries == []
    assert "could not be copied whole (it takes more than 0 s)" in taken.notes[0]


def test_a_large_one_is_told_before_it_is_copied(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "SMALL_BYTES", 1_000_000)
    said: list[str] = []
    taken = snapshots.take(large, tmp_path / "databases", [], say=said.append)

    assert names(taken) == ["db.sqlite3"]
    assert said[0].startswith("copying db.sqlite3 (2 MB) first")


@pytest.mark.django_db(transaction=True)
def test_a_run_is_stopped_while_databases_are_copied(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = opened(project)
    run = create_run(workspace, "check", {}, enqueue=False)

    def stop_instead(*_: object) -> snapshots.Taken:
        cancel(run)
        return snapshots.Taken()

    monkeypatch.setattr(snapshots, "take", stop_instead)
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.message) == ("cancelled", "Stopped by you.")
    assert run.pid is None


@pytest.mark.django_db(transaction=True)
def test_a_secret_in_the_name_of_a_database_is_not_logged(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "Zq3-in-a-name-0123456789"
    with (project / "shop" / "settings.py").open("a") as file:
        file.write(f"\nSHOP_API_KEY = {secret!r}\n")
    make_database(project / f"{secret}.sqlite3", "delete", rows=1000)
    monkeypatch.setattr(snapshots, "SMALL_BYTES", 1_000_000)
    monkeypatch.setattr(snapshots, "TOGETHER_S", 0.0)
    log = executed(opened(project), "check").log.text()

    assert "copying [redacted: SHOP_API_KEY].sqlite3 (2 MB) first" in log
    assert "[redacted: SHOP_API_KEY].sqlite3 could not be copied whole" in log
    assert secret not in log
