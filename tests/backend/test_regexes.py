"""Regular expressions that are compiled when DJDesk is frozen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from freeze.regexes import write_regexes

# Compiles all of them as Python does and from the table; patterns are equal when their code is.
COMPARE = """
import marshal, re, sys
from backend import regexes
with open(sys.argv[1], "rb") as file:
    table = marshal.load(file)[1]
compiler = re._compiler
before = compiler.compile
own = [before(*one) for one in table]
regexes.use(sys.argv[1])
taken = [compiler.compile(*one) for one in table]
print(compiler.compile is not before, len(table) > 200)
print(taken == own, [one.groupindex for one in taken] == [one.groupindex for one in own])
"""
USE = """
import re, sys
from backend import regexes
before = re._compiler.compile
regexes.use(sys.argv[1])
print(re._compiler.compile is not before, re.fullmatch("a+", "aa") is not None)
"""
FOR_ANOTHER = """
import marshal, sys
with open(sys.argv[1], "rb") as file:
    made_for, table = marshal.load(file)
with open(sys.argv[1], "wb") as file:
    marshal.dump(((made_for[0] + 1, *made_for[1:]), table), file)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_regexes(tmp_path_factory.mktemp("regexes") / "regexes.bin")


def _python(code: str, file: Path) -> str:
    argv = [sys.executable, "-OO", "-c", code, str(file)]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout.strip()


def test_each_is_the_one_that_python_compiles(made: Path) -> None:
    assert _python(COMPARE, made) == "True True\nTrue True"


def test_one_that_is_not_known_is_compiled(made: Path) -> None:
    assert _python(USE, made) == "True True"


@pytest.mark.parametrize("content", [b"", b"\xff", b"no table", b"i\x01\x00\x00\x00"])
def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "regexes.bin"
    file.write_bytes(content)

    assert _python(USE, file) == "False True"


def test_a_file_for_another_python_changes_nothing(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "regexes.bin"
    file.write_bytes(made.read_bytes())
    _python(FOR_ANOTHER, file)

    assert _python(USE, file) == "False True"
