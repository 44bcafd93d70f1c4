from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from inspector_app.workspaces.executables import why_no_python
from tests.workspaces.layouts import make_venv


def test_a_real_python_may_be_one_by_whatever_link_it_is_named(tmp_path: Path) -> None:
    python = make_venv(tmp_path / "venv")
    (tmp_path / "interpreter").symlink_to(python)

    assert why_no_python(Path(sys.executable)) == ""
    assert why_no_python(python) == ""
    assert why_no_python(tmp_path / "interpreter") == ""


def test_another_program_is_not_a_python() -> None:
    assert why_no_python(Path("/bin/ls")) == "is not a Python: it is not named like one"


def test_another_program_that_is_called_python_is_not_one(tmp_path: Path) -> None:
    shutil.copy("/bin/ls", tmp_path / "python3")

    assert why_no_python(tmp_path / "python3") == "is not a Python, but another program"


@pytest.mark.parametrize("name", ["python", "python3", "python3.12", "pypy3", "python3-dbg"])
def test_a_script_may_be_one_by_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("#!/bin/sh\n")
    (tmp_path / name).chmod(0o755)

    assert why_no_python(tmp_path / name) == ""


def test_what_cannot_be_started_is_named(tmp_path: Path) -> None:
    (tmp_path / "python").touch(mode=0o644)

    assert why_no_python(tmp_path / "python") == "may not be executed"
    assert why_no_python(tmp_path / "gone") == "does not exist"
    assert why_no_python(tmp_path) == "is no file"
