from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.workspaces.env_files import (
    VALUES_LIMIT,
    find_env_files,
    handed_over,
    read_variables,
    values_of,
)


def values(tmp_path: Path, text: str) -> dict[str, str]:
    (tmp_path / ".env").write_text(text)
    return values_of([tmp_path / ".env"])


def test_env_files_are_found_by_every_usual_name_examples_last(tmp_path: Path) -> None:
    for name in (".env", ".env.example", ".env.local", "prod.env", ".envs/.local/.django"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    found = [str(file.relative_to(tmp_path)) for file in find_env_files([tmp_path])]

    assert found == [".env", ".env.local", "prod.env", ".envs/.local/.django", ".env.example"]


def test_a_folder_that_cannot_be_looked_through_hides_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").touch()
    (tmp_path / ".envs").mkdir()

    def going(folder: Path, _pattern: str) -> Iterator[Path]:
        raise FileNotFoundError(folder)
        yield

    monkeypatch.setattr(Path, "rglob", going)

    assert find_env_files([tmp_path]) == [tmp_path / ".env"]


def test_environments_pipes_and_scripts_are_no_env_files(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    (tmp_path / ".envrc").touch()
    os.mkfifo(tmp_path / "a.env")

    assert find_env_files([tmp_path]) == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=1", "1"),
        ("export A=1  # one", "1"),
        ("A='a b' # c", "a b"),
        ('A="x\\ny"', "x\ny"),
        ('A="first\nsecond"', "first\nsecond"),
        ("A=a#b", "a#b"),
        ("A=p$word", "p$word"),
        ("A=", ""),
        ("A=ü", "ü"),
    ],
)
def test_values_are_read_as_loaders_read_them(tmp_path: Path, line: str, value: str) -> None:
    assert values(tmp_path, line)["A"] == value


def test_a_variable_may_be_made_of_others_of_the_file_and_of_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OURS", "leaked")

    assert values(tmp_path, "A=1\nB=${A}2${OURS}") == {"A": "1", "B": "12"}


@pytest.mark.parametrize(
    "lines",
    [
        [f"A{turn}=${{A{turn - 1}}}${{A{turn - 1}}}" for turn in range(1, 60)],
        [f"B{turn}=x${{A0}}" for turn in range(20_000)],
        ["C=" + "${A0}" * 300_000],
    ],
    ids=["doubled", "many", "one"],
)
def test_values_made_of_others_take_no_more_room_than_a_program_is_given(
    tmp_path: Path, lines: list[str]
) -> None:
    file = tmp_path / ".env"
    file.write_text("\n".join([f"A0={'x' * 10_000}", *lines, "LAST=y"]))
    values = values_of([file])

    assert len(values["A0"]) == 10_000
    assert sum(map(len, values.values())) <= VALUES_LIMIT


def test_later_files_go_over_earlier_ones(tmp_path: Path) -> None:
    (tmp_path / "a.env").write_text("A=1\nB=1\n")
    (tmp_path / "b.env").write_text("B=2\n")

    assert values_of([tmp_path / "a.env", tmp_path / "b.env"]) == {"A": "1", "B": "2"}


def test_a_line_that_is_wrong_is_kept_for_what_must_not_be_shown(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("GOOD=1\nSECRET='not-closed\n")

    broken = [one for one in read_variables(tmp_path / ".env") if one.broken]

    assert [(one.name, one.value.strip(), one.line) for one in broken] == [
        ("SECRET", "not-closed", 2)
    ]
    assert "SECRET" not in values_of([tmp_path / ".env"])


def test_names_stand_with_their_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# first\n\nA=1\n\nB=2\n")

    assert [(one.name, one.line) for one in read_variables(tmp_path / ".env")] == [
        ("A", 3),
        ("B", 5),
    ]


@pytest.mark.parametrize("content", [b"\0\xff\xfe=", b"=" * 100_000, b"\x80A=1\n"])
def test_garbage_sets_nothing_dangerous(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".env").write_bytes(content)

    assert all("\0" not in name + value for name, value in values_of([tmp_path / ".env"]).items())


def test_what_djdesk_sets_and_what_loads_programs_is_not_handed_over() -> None:
    values = {"A": "1", "HOME": "/x", "LD_PRELOAD": "/x.so", "DYLD_INSERT_LIBRARIES": "/x"}

    assert handed_over(values, ["HOME"]) == {"A": "1"}
