from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.runs.log import SEGMENT_BYTES, STDERR, STDOUT, LogWriter, RunLog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "run"


def written(folder: Path, *parts: tuple[int, bytes]) -> RunLog:
    writer = LogWriter(folder)
    for stream, data in parts:
        writer.write(stream, data)
    writer.close()
    return RunLog(folder)


def texts(log: RunLog, first: int = 1, count: int = 100) -> list[str]:
    return [line.text for line in log.lines(first, count)]


def test_lines_come_back_with_number_and_stream(folder: Path) -> None:
    log = written(folder, (STDOUT, b"one\n"), (STDERR, b"two\n"), (STDOUT, b"three\n"))

    found = [(line.number, line.stream, line.text) for line in log.lines(1, 10)]

    assert found == [(1, "stdout", "one"), (2, "stderr", "two"), (3, "stdout", "three")]


def test_standard_output_alone_is_exact(folder: Path) -> None:
    data = b"\xff\x00{\r\n" * 3 + b"no end"
    log = written(folder, (STDOUT, data[:5]), (STDERR, b"noise\n"), (STDOUT, data[5:]))

    assert b"".join(log.stream(STDOUT)) == data


def test_a_line_that_arrives_in_pieces_is_one_line(folder: Path) -> None:
    log = written(folder, (STDOUT, b"on"), (STDERR, b"two\n"), (STDOUT, b"e\n"))

    assert texts(log) == ["two", "one"]


def test_a_missing_final_newline_loses_nothing(folder: Path) -> None:
    assert texts(written(folder, (STDOUT, b"a\nb"))) == ["a", "b"]


def test_bytes_that_are_no_utf8_are_replaced_for_display_only(folder: Path) -> None:
    log = written(folder, (STDOUT, b"caf\xe9\n"))

    assert texts(log) == ["caf\ufffd"]
    assert b"".join(log.chunks()) == b"caf\xe9\n"


def test_any_range_of_a_large_log_is_found(folder: Path) -> None:
    writer = LogWriter(folder)
    for start in range(0, 100_000, 1000):
        writer.write(STDOUT, b"".join(b"line %d\n" % n for n in range(start + 1, start + 1001)))
    writer.close()
    log = RunLog(folder)

    assert writer.lines == 100_000
    assert texts(log, 77_777, 2) == ["line 77777", "line 77778"]
    assert texts(log, 100_000, 5) == ["line 100000"]
    assert texts(log, 100_001, 5) == []


def test_a_line_of_ten_megabytes_stays_whole_on_disk(folder: Path) -> None:
    data = b"x" * 10_000_000 + b"\n"
    log = written(folder, (STDOUT, data), (STDOUT, b"after\n"))

    assert b"".join(log.stream(STDOUT)) == data + b"after\n"
    assert texts(log, 1, 10_000)[-1] == "after"
    assert max(map(len, texts(log, 1, 10_000))) <= SEGMENT_BYTES


def test_the_number_of_lines_is_what_reading_finds(folder: Path) -> None:
    writer = LogWriter(folder)
    for data in (b"a\nb\n", b"c", b"d\n", b"x" * 200_000, b"\ny"):
        writer.write(STDOUT, data)
    writer.close()

    assert len(texts(RunLog(folder), 1, 1000)) == writer.lines


def test_a_log_is_read_while_it_grows(folder: Path) -> None:
    writer = LogWriter(folder)
    writer.write(STDOUT, b"first\n")
    assert texts(RunLog(folder)) == ["first"]

    writer.write(STDOUT, b"second\n")
    assert texts(RunLog(folder)) == ["first", "second"]
    writer.close()


def test_a_note_of_djdesk_stands_behind_what_arrived(folder: Path) -> None:
    writer = LogWriter(folder)
    writer.write(STDOUT, b"unfinished")
    writer.note("DJDesk: stopped")
    writer.close()

    found = [(line.stream, line.text) for line in RunLog(folder).lines(1, 5)]
    assert found == [("stdout", "unfinished"), ("djdesk", "DJDesk: stopped")]


def test_a_run_without_output_has_no_lines(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "never")

    assert not log.exists()
