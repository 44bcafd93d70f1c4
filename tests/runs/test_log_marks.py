from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app.runs.log import STDERR, STDOUT
from inspector_app.runs.log_marks import Marks, marks
from inspector_app.runs.log_writer import LogWriter


def read(folder: Path, *parts: tuple[int, bytes]) -> Marks:
    writer = LogWriter(folder / "run")
    for stream, data in parts:
        writer.write(stream, data)
    writer.close()
    return marks(folder / "run")


def errors_of(source: str) -> bytes:
    """What Python itself prints when this fails."""
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, check=False)
    return done.stderr


def test_a_traceback_is_found_from_its_head_to_its_exception(tmp_path: Path) -> None:
    text = errors_of("def f(): {}[1]\nf()")
    found = read(tmp_path, (STDOUT, b"before\n"), (STDERR, text), (STDOUT, b"after\n"))
    (traceback,) = found.tracebacks

    assert (traceback.first, traceback.last) == (2, 1 + text.count(b"\n"))
    assert (traceback.frames, traceback.exception) == (2, "KeyError: 1")
    assert found.errors == [traceback.last]


def test_a_chain_is_one_traceback_for_each_exception(tmp_path: Path) -> None:
    source = "try:\n  {}[1]\nexcept KeyError as error:\n  raise ValueError('x') from error"
    found = read(tmp_path, (STDERR, errors_of(source)))

    assert [one.exception for one in found.tracebacks] == ["KeyError: 1", "ValueError: x"]


def test_colours_do_not_hide_a_traceback(tmp_path: Path) -> None:
    text = (
        b'\x1b[31mTraceback (most recent call last):\x1b[0m\n  File "a.py", line 1\n\x1b[1mE: x\n'
    )

    assert read(tmp_path, (STDERR, text)).tracebacks[0].exception == "E: x"


def test_a_traceback_that_was_cut_off_ends_where_it_ends(tmp_path: Path) -> None:
    text = b'Traceback (most recent call last):\n  File "a.py", line 1, in f\n'
    found = read(tmp_path, (STDERR, text))

    assert [(one.first, one.last) for one in found.tracebacks] == [(1, 2)]


@pytest.mark.parametrize(
    "line",
    [
        b"ERRORS:",
        b"shop.Order.x: (fields.E300) Field defines a relation with model 'Y'.",
        b"CommandError: Unable to serialize database: no such table",
        b"SystemCheckError: System check identified some issues:",
        b"django.db.utils.OperationalError: no such table: x",
        b"[ERROR] shop: it broke",
        b"\x1b[31mCRITICAL root it broke",
    ],
)
def test_a_line_that_says_what_went_wrong_is_an_error(tmp_path: Path, line: bytes) -> None:
    assert read(tmp_path, (STDERR, b"INFO fine\n" + line + b"\n")).errors == [2]


@pytest.mark.parametrize(
    "line",
    [
        b"System check identified no issues (0 silenced).",
        b"shop.Order: (models.W042) Auto-created primary key used",
        b"0 ERROR, all fine",
        b"see ErrorList: it is a class",
        b"Traceback (most recent",
    ],
)
def test_other_lines_are_not(tmp_path: Path, line: bytes) -> None:
    assert read(tmp_path, (STDERR, line + b"\n")).errors == []


def test_lines_are_counted_by_stream(tmp_path: Path) -> None:
    found = read(tmp_path, (STDOUT, b"a\nb\n"), (STDERR, b"c\n"), (STDOUT, b"d"))

    assert found.lines == {"stdout": 3, "stderr": 1, "djdesk": 0}
