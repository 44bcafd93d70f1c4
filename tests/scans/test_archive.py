"""The probe as one file, with what was compiled of it for one Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from freeze.probe import compile_probe
from inspector_app.scans.runtime import archive

_ASK = """
import sys
sys.path.insert(0, sys.argv[1])
from djdesk_probe import failures
print(failures.__file__.rpartition(".")[2])
try:
    failures.describe(ValueError("x"))
    failures.text()
except TypeError as error:
    print(failures.describe(error)["frames"])
try:
    failures.stack(1)
except AttributeError as error:
    print(len(failures.describe(error)["frames"]))
"""


def asked(file: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", _ASK, str(file)], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(("spoilt", "kind"), [(False, "pyc"), (True, "py")])
def test_another_python_takes_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: bool, kind: str
) -> None:
    compiled = compile_probe(archive.SOURCES, tmp_path / "compiled")
    monkeypatch.setattr(archive, "COMPILED", compiled)
    for file in compiled.iterdir() if spoilt else ():
        file.write_bytes(b"\x00\x00\r\n" + file.read_bytes()[4:])
    target = tmp_path / "probe.zip"
    archive.write_archive(target)

    # Its own frames are no places of the project, whatever they are called.
    assert asked(target) == [kind, "[]", "0"]
