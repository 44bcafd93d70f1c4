from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.runs.log import STDERR, STDOUT
from inspector_app.runs.log_search import Place, Query, matches
from inspector_app.runs.log_writer import LogWriter

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(*parts: tuple[int, bytes]) -> Path:
        writer = LogWriter(tmp_path / "run")
        for stream, data in parts:
            writer.write(stream, data)
        writer.close()
        return tmp_path / "run"

    return write


def found(folder: Path, text: str, *, case: bool = False, stream: str = "") -> list[int]:
    return list(matches(folder, Query(text, case, stream)).lines())


def test_every_line_that_holds_the_text_is_found_once(written: Written) -> None:
    folder = written((STDOUT, b"a b\nc\na a\nB"))

    assert found(folder, "a") == [1, 3]
    assert found(folder, "b") == [1, 4]


@pytest.mark.parametrize(
    ("text", "case", "lines"),
    [
        ("warning", False, [1, 2]),
        ("warning", True, [2]),
        ("größe", False, [3]),
        ("größe", True, []),
        (".*", False, [4]),
    ],
)
def test_the_text_is_literal_and_case_matters_only_when_asked(
    written: Written, text: str, case: bool, lines: list[int]
) -> None:
    folder = written((STDOUT, "WARNING\nwarning\nGRÖSSE Größe\na.*b\n".encode()))

    assert found(folder, text, case=case) == lines


def test_what_is_searched_is_what_is_displayed(written: Written) -> None:
    folder = written((STDOUT, b"\x1b[31mre\x1b[0md 31m\n10 %\r20 %\n"))

    assert found(folder, "red 31m") == [1]
    assert found(folder, "[31m") == []
    assert found(folder, "10 %") == []


def test_one_stream_alone_is_searched(written: Written) -> None:
    folder = written((STDOUT, b"one\n"), (STDERR, b"one\ntwo\n"), (STDOUT, b"three\n"))

    assert found(folder, "one", stream="stderr") == [2]
    assert found(folder, "", stream="stdout") == [1, 4]


def test_text_across_the_pieces_of_a_long_line_is_found(written: Written) -> None:
    data = b"x" * (1024 * 1024 + 64 * 1024 - 3) + b"needle" + b"y" * 3_000_000
    folder = written((STDOUT, data + b"\nafter needle\n"))

    assert found(folder, "needle") == [1, 2]


def test_a_match_after_the_last_is_the_first(written: Written) -> None:
    search = matches(written((STDOUT, b"a\nb\na\nb\na\n")), Query("a"))

    assert search.place(1, "here") == Place(3, 1, 1)
    assert search.place(1, "next") == Place(3, 2, 3)
    assert search.place(5, "next") == Place(3, 1, 1)
    assert search.place(1, "previous") == Place(3, 3, 5)
    assert search.place(2, "here") == Place(3, 2, 3)


def test_nothing_found_is_no_place(written: Written) -> None:
    assert matches(written((STDOUT, b"a\n")), Query("z")).place(1, "next") == Place(0)


def test_context_is_merged_into_ranges(written: Written) -> None:
    search = matches(written((STDOUT, b"-\na\n-\n-\na\n-\n-\n-\n-\na\n")), Query("a"))

    assert search.ranges(1, 10) == ([(1, 6), (9, 11)], True)
    assert search.ranges(1, 1) == ([(1, 6)], False)


def test_a_log_that_grew_is_searched_to_its_end(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    writer = LogWriter(folder)
    writer.write(STDOUT, b"a\nunfinished ")
    writer.flush()
    assert found(folder, "a") == [1]
    writer.write(STDOUT, b"a\nb\na\n")
    writer.close()

    assert found(folder, "a") == [1, 2, 4]


def test_a_search_in_a_log_with_a_gap_gives_true_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    writer = LogWriter(folder, 64_000)
    for number in range(1, 20_001):
        writer.write(STDOUT, b"line %d.\n" % number)
    writer.close()

    assert found(folder, "line 7.") == [7]
    assert found(folder, "line 19999.") == [19_999]
    assert found(folder, "line 15000.") == []


def test_a_log_that_never_began_has_no_match(tmp_path: Path) -> None:
    assert found(tmp_path / "never", "a") == []
