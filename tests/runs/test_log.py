from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from inspector_app.runs.log import STDERR, STDOUT, Line, RunLog
from inspector_app.runs.log_writer import DJDESK, SEGMENT_BYTES, LogWriter


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


def test_a_line_of_ten_megabytes_is_one_line(folder: Path) -> None:
    data = b"x" * 10_000_000 + b"\n"
    log = written(folder, (STDOUT, data), (STDOUT, b"after\n"))

    assert b"".join(log.stream(STDOUT)) == data + b"after\n"
    assert [len(text) for text in texts(log)] == [10_000_000, 5]


def test_a_line_longer_than_the_width_says_how_much_is_left_out(folder: Path) -> None:
    log = written(folder, (STDOUT, b"x" * 300_000 + b"\nshort\n"))

    found = [(line.text, line.omitted) for line in log.lines(1, 5, width=10)]

    assert found == [("x" * 10, 299_990), ("short", 0)]


def test_the_width_never_cuts_a_character_in_two(folder: Path) -> None:
    log = written(folder, (STDOUT, "é".encode() * 10))

    assert [line.text for line in log.lines(1, 1, width=5)] == ["éé"]


def test_a_character_in_two_segments_is_read_whole(folder: Path) -> None:
    text = "x" * (SEGMENT_BYTES - 1) + "é"
    log = written(folder, (STDOUT, text.encode() + b"\n"))

    assert texts(log) == [text]


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


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ((b"10 %\r20 %\rdone\r\n",), "done"),
        ((b"10 %\r", b"20 %\r"), "20 %"),
        ((b"10 %", b"\r20", b" %\n"), "20 %"),
        ((b"plain\r\n",), "plain"),
        ((b"x" * 100_000 + b"\r99 %\r100 %\n",), "100 %"),
    ],
)
def test_a_progress_bar_is_its_last_state(
    folder: Path, parts: tuple[bytes, ...], shown: str
) -> None:
    writer = LogWriter(folder)
    for part in parts:
        writer.write(STDOUT, part)
        writer.flush()
    writer.close()

    assert [line.text for line in RunLog(folder).lines(1, 2, width=50)] == [shown]
    assert b"".join(RunLog(folder).stream(STDOUT)) == b"".join(parts)


def test_only_a_newline_ends_a_line(folder: Path) -> None:
    text = "a\x0bb\x0cc\x85d\u2028e\x00f"

    assert texts(written(folder, (STDOUT, text.encode() + b"\n"))) == [text]


def test_an_unfinished_line_is_seen_once_it_is_flushed(folder: Path) -> None:
    writer = LogWriter(folder)
    writer.write(STDOUT, b"Applying ")
    assert writer.held_since is not None
    writer.flush()
    assert writer.held_since is None
    assert texts(RunLog(folder)) == ["Applying "]
    assert writer.lines == 1

    writer.write(STDOUT, b"0001... OK\n")
    writer.close()
    assert texts(RunLog(folder)) == ["Applying 0001... OK"]
    assert writer.lines == 1


def test_a_line_that_goes_on_all_the_time_waits_since_its_beginning(folder: Path) -> None:
    writer = LogWriter(folder)
    writer.write(STDOUT, b"before\n 1 %")
    since = writer.held_since
    writer.write(STDOUT, b"\r 2 %")
    assert since is not None
    assert writer.held_since == since
    writer.write(STDOUT, b"\nnext")

    assert writer.held_since is not None
    assert writer.held_since > since
    writer.close()


def test_a_stream_that_takes_over_starts_a_line_of_its_own(folder: Path) -> None:
    writer = LogWriter(folder)
    writer.write(STDOUT, b"waiting")
    writer.flush()
    writer.write(STDERR, b"warning\n")
    writer.write(STDOUT, b"...\n")
    writer.close()
    log = RunLog(folder)

    assert [(line.stream, line.text) for line in log.lines(1, 9)] == [
        ("stdout", "waiting"),
        ("stderr", "warning"),
        ("stdout", "..."),
    ]
    assert log.text() == "waiting\nwarning\n...\n"
    assert log.output_path.read_bytes() == b"waitingwarning\n...\n"
    assert b"".join(log.stream(STDOUT)) == b"waiting...\n"


def test_following_a_log_by_offset_gives_every_byte_once(folder: Path) -> None:
    writer = LogWriter(folder)
    log, offset, seen = RunLog(folder), 0, []
    for number in range(50):
        writer.write(number % 3 % 2, b"%d\n" % number * 3000)
        for piece in log.pieces(offset):
            seen.append((piece.stream, piece.data))
            offset = piece.next
    writer.close()

    for stream, name in ((STDOUT, "stdout"), (STDERR, "stderr")):
        followed = b"".join(data for found, data in seen if found == name)
        assert followed == b"".join(log.stream(stream))


@pytest.mark.parametrize("seed", range(8))
def test_every_range_is_what_a_plain_reading_gives(folder: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    writer = LogWriter(folder)
    plain: list[tuple[int, bytes]] = []  # What was put into the file, by stream.
    append = writer._append

    def noted(stream: int, data: bytes) -> None:
        plain.append((stream, data))
        append(stream, data)

    writer._append = noted  # type: ignore[method-assign]
    for _ in range(60):
        words = [b"a", b"\n", b"bc\n", b"\xc3\xa9", b"x" * chance.choice((10, 40_000))]
        data = b"".join(chance.choices(words, k=chance.randrange(1, 8)))
        writer.write(chance.choice((STDOUT, STDERR)), data)
        if chance.random() < 0.2:
            writer.flush()
    writer.note("end")
    writer.close()
    expected = displayed(plain)
    log = RunLog(folder)

    assert plain[-1][0] == DJDESK
    assert log.total() == writer.lines == len(expected)
    for first, count in itertools.product(range(1, len(expected) + 2), (1, 7, 1000)):
        found = [(line.number, line.stream, line.text) for line in log.lines(first, count)]
        assert found == expected[first - 1 : first - 1 + count]


def displayed(plain: list[tuple[int, bytes]]) -> list[tuple[int, str, str]]:
    names = {STDOUT: "stdout", STDERR: "stderr", DJDESK: "djdesk"}
    lines: list[tuple[int, str, str]] = []
    for stream, group in itertools.groupby(plain, key=lambda part: part[0]):
        text = b"".join(data for _, data in group).decode()
        parts = text.removesuffix("\n").split("\n")
        lines += [(len(lines) + at, names[stream], part) for at, part in enumerate(parts, start=1)]
    return lines


def test_a_reader_beside_the_writer_never_mixes_the_streams(folder: Path) -> None:
    """The writer stops between a record and its bytes: the moment a reader could be wrong."""
    writer = LogWriter(folder)
    writer.write(STDOUT, b"out\n")
    seen: list[list[Line]] = []
    begin = writer._begin_segment

    def watched(now: float) -> None:
        begin(now)
        seen.append(list(RunLog(folder).lines(1, 10)))

    writer._begin_segment = watched  # type: ignore[method-assign]
    writer.write(STDERR, b"err\n")
    writer.close()

    assert [[line.text for line in lines] for lines in seen] == [["out"]]


def test_a_full_disk_is_an_error_and_keeps_what_was_written(folder: Path) -> None:
    writer = LogWriter(folder)
    writer.write(STDOUT, b"kept\n")
    writer._output.close()
    writer._output = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115

    with pytest.raises(OSError, match="No space left"):
        writer.write(STDOUT, b"lost\n")
    writer.close()
    assert texts(RunLog(folder)) == ["kept"]


def test_a_run_without_output_has_no_lines(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "never")

    assert not log.exists()
    assert (log.size(), log.total(), texts(log), log.text()) == (0, 0, [], "")


@pytest.mark.parametrize("before", [0, SEGMENT_BYTES - 3, SEGMENT_BYTES - 1, SEGMENT_BYTES])
def test_words_are_counted_wherever_a_read_ends(tmp_path: Path, before: int) -> None:
    writer = LogWriter(tmp_path)
    writer.write(STDOUT, b"x" * before + b"[redacted: A] and [redacted: B]\n")
    writer.close()

    assert RunLog(tmp_path).count(b"[redacted: ") == 2
