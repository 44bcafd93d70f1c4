"""A log beyond its limit: the beginning and the end stay, and what is missing is said."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from inspector_app.runs.log import STDERR, STDOUT, RunLog
from inspector_app.runs.log_writer import LogWriter

LIMIT = 64_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "run"


def numbered(folder: Path, lines: int) -> LogWriter:
    writer = LogWriter(folder, LIMIT)
    for number in range(1, lines + 1):
        writer.write(STDOUT, b"line %d\n" % number)
    writer.close()
    return writer


def on_disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def test_the_beginning_and_the_end_are_kept(folder: Path) -> None:
    writer = numbered(folder, 50_000)
    log = RunLog(folder)

    assert next(iter(log.lines(1, 1))).text == "line 1"
    assert [line.text for line in log.lines(49_999, 5)] == ["line 49999", "line 50000"]
    assert log.total() == writer.lines == 50_000


def test_no_more_than_the_limit_is_on_the_disk(folder: Path) -> None:
    writer = numbered(folder, 50_000)

    assert on_disk(folder) <= LIMIT
    assert writer.kept == RunLog(folder).size()
    assert writer.kept + writer.omitted == writer.bytes


def test_streams_that_take_turns_at_every_byte_do_not_outgrow_the_limit(folder: Path) -> None:
    writer = LogWriter(folder, LIMIT)
    for _ in range(10_000):
        writer.write(STDOUT, b"\n")
        writer.write(STDERR, b"\n")
    writer.close()

    assert on_disk(folder) <= LIMIT
    assert RunLog(folder).total() == 20_000


def test_what_is_missing_is_known_by_line_and_size(folder: Path) -> None:
    writer = numbered(folder, 50_000)
    log = RunLog(folder)
    (gap,) = log.gaps()
    before = list(log.lines(gap.first - 1, 1))
    after = list(log.lines(gap.last + 1, 1))

    assert gap.size == writer.omitted
    assert list(log.lines(gap.first, gap.last - gap.first + 1)) == []
    # Of the two lines at its edges, a part may be in what is missing.
    assert f"line {gap.first - 1}".startswith(before[0].text)
    assert f"line {gap.last + 1}".endswith(after[0].text)


def test_a_range_across_the_gap_has_what_is_left_of_it(folder: Path) -> None:
    numbered(folder, 50_000)
    log = RunLog(folder)
    (gap,) = log.gaps()
    numbers = [line.number for line in log.lines(gap.first - 2, gap.last - gap.first + 5)]

    assert numbers == [gap.first - 2, gap.first - 1, gap.last + 1, gap.last + 2]


def test_the_whole_log_says_where_something_is_missing(folder: Path) -> None:
    writer = numbered(folder, 50_000)

    assert f"\nDJDesk: {writer.omitted:,} bytes omitted\n" in RunLog(folder).text()


def test_one_line_that_is_longer_than_the_limit_keeps_both_ends(folder: Path) -> None:
    writer = LogWriter(folder, LIMIT)
    for _ in range(20):
        writer.write(STDOUT, b"a" * 100_000)
    writer.write(STDOUT, b"the end\n")
    writer.close()
    log = RunLog(folder)

    assert [line.number for line in log.lines(1, 10)] == [1]
    assert b"".join(log.stream(STDOUT)).endswith(b"athe end\n")
    assert [(gap.first, gap.last) for gap in log.gaps()] == [(2, 0)]


def test_a_log_within_its_limit_is_one_flat_file(folder: Path) -> None:
    numbered(folder, 500)

    assert sorted(path.name for path in folder.iterdir()) == ["index", "output"]
    assert RunLog(folder).gaps() == []


def test_a_reader_keeps_what_it_opened_while_the_writer_drops_it(folder: Path) -> None:
    writer = LogWriter(folder, LIMIT)
    for number in range(1, 6000):
        writer.write(STDOUT, b"line %d\n" % number)
    reading = RunLog(folder).lines(1, 10_000)
    first = next(reading)
    for number in range(6000, 20_000):
        writer.write(STDOUT, b"line %d\n" % number)
    writer.close()
    rest = [line.text for line in reading]

    assert first.text == "line 1"
    # What was not yet on the disk when the reader looked is not expected.
    assert rest == [f"line {number}" for number in range(2, len(rest) + 2)]


@pytest.mark.parametrize("seed", range(6))
def test_every_line_that_is_shown_is_one_that_was_written(folder: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    writer = LogWriter(folder, LIMIT)
    expected: list[str] = []
    while writer.bytes < 4 * LIMIT:
        stream = chance.choice((STDOUT, STDERR))
        text = b"%d:" % (len(expected) + 1) + b"x" * chance.choice((0, 5, 3000))
        writer.write(stream, text + b"\n")
        expected.append(text.decode())
    writer.close()
    log = RunLog(folder)
    (gap,) = log.gaps()

    for line in log.lines(1, len(expected)):
        whole = expected[line.number - 1]
        # The line at either edge of the gap may be there in part.
        edge = line.number in (gap.first - 1, gap.last + 1)
        assert line.text in whole if edge else line.text == whole
