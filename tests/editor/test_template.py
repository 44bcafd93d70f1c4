from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from inspector_app.editor.template import check
from inspector_app.errors import Problem

PROGRAM = sys.executable


@pytest.mark.parametrize(
    "value",
    [
        [PROGRAM, "{file}"],
        [PROGRAM, "", " --line={line} ", "{file}:{line}"],
        [Path(PROGRAM).name, "-c", "{file}"],
    ],
)
def test_a_good_one_is_kept_without_empty_lines(
    value: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(PROGRAM).parent))

    assert check(value) == [part.strip() for part in value if part.strip()]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (f"{PROGRAM} {{file}}", "list of arguments"),
        ([PROGRAM, 7], "list of arguments"),
        ([], "2 to 20 lines"),
        ([PROGRAM], "2 to 20 lines"),
        ([PROGRAM, *["x"] * 20], "2 to 20 lines"),
        ([PROGRAM, "{file}", "a" * 301], "at most 300"),
        ([PROGRAM, "{file}", "a\nb"], "printable"),
        ([PROGRAM, "{file}", "{root}"], "{root} is not known"),
        (["{file}", "{file}"], "holds no place"),
        ([PROGRAM, "+{line}"], "holds {file}, once"),
        ([PROGRAM, "{file}", "{file}"], "holds {file}, once"),
        (["no-such-editor", "{file}"], "No program no-such-editor"),
        (["/etc/passwd", "{file}"], "No program /etc/passwd"),
    ],
)
def test_a_bad_one_is_refused_at_its_field(value: Any, said: str) -> None:
    with pytest.raises(Problem) as caught:
        check(value)

    assert said in str(caught.value)
    assert caught.value.field == "editor_command"


@pytest.mark.parametrize("shell", ["sh", "/bin/bash", "env", "powershell.exe"])
def test_a_shell_is_no_editor(shell: str) -> None:
    with pytest.raises(Problem, match="is a shell"):
        check([shell, "-c", "vim {file}"])
