"""What a command may do to files, however odd, and that a patch of it makes exactly the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rehearsals.rehearsing import by_path, contents, patch, patched, writing, written
from tests.runs.project import opened

pytestmark = pytest.mark.django_db(transaction=True)

Unchanged = Callable[[Path], None]

WHOLE = {
    "a file is created": "Path('new.txt').write_text('one\\ntwo\\n')",
    "in new folders": "os.makedirs('a/b'); Path('a/b/c.txt').write_text('x\\n')",
    "without an end of line": "Path('new.txt').write_text('one\\ntwo')",
    "an empty file": "Path('empty.txt').write_text('')",
    "a file is changed": "p = Path('old.txt'); p.write_text(p.read_text().replace('5', 'five'))",
    "its end of line goes": "Path('old.txt').write_bytes(Path('old.txt').read_bytes()[:-1])",
    "one gets longer": "open('old.txt', 'a').write('more\\n')",
    "one is emptied": "Path('old.txt').write_text('')",
    "two places of it": (
        "p = Path('old.txt'); t = p.read_text(); "
        "p.write_text(t.replace('line 3\\n', '').replace('line 90\\n', 'line 90\\nline 90b\\n'))"
    ),
    "a file is deleted": "os.remove('old.txt')",
    "a folder is deleted": "shutil.rmtree('pages')",
    "a folder is made again": "shutil.rmtree('pages'); os.mkdir('pages'); open('pages/z', 'w')",
    "a file is renamed": "os.rename('old.txt', 'renamed.txt')",
    "a binary file is renamed": "os.rename('binary', 'renamed')",
    "a folder is moved": "shutil.move('pages', 'moved')",
    "lines end as on Windows": "Path('dos.txt').write_bytes(b'a\\r\\nb\\r\\n')",
    "one of them changes": "Path('dos').write_bytes(Path('dos').read_bytes().replace(b'3', b'4'))",
    "not UTF-8": "Path('latin.txt').write_bytes(b'caf\\xe9\\n\\xff\\xfe\\n')",
    "a form feed and odd ends": "Path('odd').write_bytes(b'a\\x0cb\\x1c\\rc\\xc2\\x85d\\n')",
    "lines like a patch": "Path('new').write_text('-- a\\n++ b\\n@@ -1 +1 @@\\ndiff --git a/x\\n')",
    "they go again": "Path('patchlike').write_text('-- a\\n')",
    "a name with spaces": "Path('two  words ').write_text('x\\n')",
    "a name in quotes": "Path('q\"uo\\\\te').write_text('x\\n')",
    "a name of lines": "Path('a\\nb\\tc\\rd').write_text('x\\n')",
    "a name like an option": "Path('-rf').write_text('x\\n')",
    "a name of the world": "Path('é日本\\u202e.txt').write_text('x\\n')",
    "a name like that of home": "os.mkdir('~'); Path('~/x').write_text('x\\n')",
    "a link": "os.symlink('old.txt', 'link')",
    "a link that leads nowhere": "os.symlink('no/where', 'link')",
    "a link changes": "os.remove('pages/link'); os.symlink('c', 'pages/link')",
    "a link goes": "os.remove('pages/link')",
    "a file becomes a link": "os.remove('old.txt'); os.symlink('dos', 'old.txt')",
    "a link becomes a file": "os.remove('pages/link'); Path('pages/link').write_text('x\\n')",
    "a file becomes a folder": "os.remove('dos'); os.mkdir('dos'); open('dos/x', 'w').write('x')",
    "a hard link": "os.link('old.txt', 'hard.txt')",
}
MODES = {
    "a program": "Path('run').write_text('#!/bin/sh\\n'); os.chmod('run', 0o755)",
    "a mode": "os.chmod('old.txt', 0o755)",
    "a mode and the content": "os.chmod('old.txt', 0o755); open('old.txt', 'a').write('x')",
    "renamed and made a program": "os.rename('old.txt', 'r.txt'); os.chmod('r.txt', 0o755)",
}


@pytest.fixture
def shop(project: Path) -> Path:
    """A project with some files of different kinds."""
    (project / "old.txt").write_text("".join(f"line {number}\n" for number in range(100)))
    (project / "dos").write_bytes(b"1\r\n2\r\n3\r\n")
    (project / "binary").write_bytes(bytes(range(256)) * 10)
    (project / "patchlike").write_text("-- a\n--- b\n+++ c\n@@ -1 +1 @@\n")
    (project / "pages").mkdir()
    for name in ("a", "b"):
        (project / "pages" / name).write_text(f"page {name}\n")
    (project / "pages" / "link").symlink_to("a")
    return project


def really(shop: Path, body: str, to: Path) -> Path:
    """A copy of the project in which that was done."""
    shutil.copytree(shop, to, symlinks=True)
    code = f"import os, shutil\nfrom pathlib import Path\n{body}"
    subprocess.run([sys.executable, "-c", code], cwd=to, check=True)
    return to


@pytest.mark.parametrize("name", WHOLE)
def test_a_patch_does_what_the_command_would_do(
    shop: Path, tmp_path: Path, tier: str, name: str
) -> None:
    assert_patch_does(shop, tmp_path, tier, WHOLE[name])


@pytest.mark.parametrize("name", MODES)
def test_in_layers_a_patch_has_modes(shop: Path, tmp_path: Path, name: str) -> None:
    assert_patch_does(shop, tmp_path, "copy-on-write", MODES[name])


def test_in_a_copy_modes_stay_as_they_are_which_the_patch_says(shop: Path) -> None:
    """A wall that cannot tell the copy from the project keeps both, and the command goes on."""
    writing(
        shop, "os.chmod('old.txt', 0); os.utime('old.txt', (1, 1)); open('dos', 'a').write('x')"
    )
    result, run = written(opened(shop), "shadow")

    assert list(by_path(result)) == ["dos"]
    assert b"# Permissions are left out" in patch(result, run)


def assert_patch_does(shop: Path, tmp_path: Path, tier: str, body: str) -> None:
    writing(shop, body)
    expected = contents(really(shop, body, tmp_path / "really"))
    result, run = written(opened(shop), tier)

    found = contents(patched(shop, patch(result, run), tmp_path / "patched"))
    if found != expected:
        print(patch(result, run).decode(errors="replace"))
    assert found == expected
    assert all(one["patch"] for one in result.facts["files"])


@pytest.mark.parametrize(
    ("name", "body", "note"),
    [
        ("data.bin", "Path('data.bin').write_bytes(b'a\\0b')", "It is not text."),
        ("binary", "os.remove('binary')", "It is not text."),
        ("big.txt", "Path('big.txt').write_text('x\\n' * 600_000)", "too large"),
        ("many.txt", "Path('many.txt').write_text('\\n' * 30_000)", "too many lines"),
        ("pipe", "os.mkfifo('pipe')", "a pipe, a socket or a device"),
        ("void", "os.mkdir('void')", "Git knows no empty folders."),
        (".git/hooks/post", "os.makedirs('.git/hooks'); open('.git/hooks/post', 'w')", "own files"),
        ("a/.GIT/x", "os.makedirs('a/.GIT'); open('a/.GIT/x', 'w')", "own files"),
    ],
)
def test_what_a_patch_cannot_hold_is_said_in_it(
    shop: Path, tmp_path: Path, tier: str, name: str, body: str, note: str
) -> None:
    writing(shop, f"{body}; Path('beside').write_text('x')")
    result, run = written(opened(shop), tier)

    found = by_path(result)[name]
    assert not found["patch"]
    assert note in found["note"]
    text = patch(result, run)
    assert f"#   {name}: {found['note']}\n".encode() in text
    assert (patched(shop, text, tmp_path / "patched") / "beside").exists()


def test_permissions_that_git_does_not_keep_are_said_in_it(shop: Path) -> None:
    writing(shop, "os.chmod('old.txt', 0o600)")
    result, run = written(opened(shop), "copy-on-write")

    note = by_path(result)["old.txt"]["note"]
    assert "Only its permissions differ" in note
    assert f"#   old.txt: {note}\n".encode() in patch(result, run)


def test_opening_a_file_and_leaving_it_is_no_change(shop: Path, tier: str) -> None:
    writing(shop, "open('old.txt', 'r+'); os.utime('dos')")
    result, _ = written(opened(shop), tier)

    assert result.facts["files"] == []


def test_a_link_that_was_written_is_not_followed(
    shop: Path, tmp_path: Path, tier: str, unchanged: Unchanged
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("the content of another file")
    unchanged(outside)
    writing(
        shop,
        f"os.symlink({str(outside / 'secret')!r}, 'leak')\n"
        f"shutil.rmtree('pages'); os.symlink({str(outside)!r}, 'pages')",
    )
    result, run = written(opened(shop), tier)

    assert by_path(result)["leak"]["kind"] == "link"
    text = patch(result, run)
    assert b"the content of another file" not in text
    assert str(outside / "secret").encode() in text


def test_a_link_into_the_copy_leads_into_the_project(shop: Path, tier: str) -> None:
    writing(shop, "os.symlink(os.path.abspath('old.txt'), 'link')")
    result, run = written(opened(shop), tier)

    assert f"+{shop}/old.txt\n".encode() in patch(result, run)


def test_a_name_that_is_not_utf8_is_listed_without_content(
    shop: Path, tmp_path: Path, tier: str
) -> None:
    writing(shop, "open(b'caf\\xe9', 'w').write('x'); Path('beside').write_text('x')")
    result, run = written(opened(shop), tier)

    assert by_path(result)["caf\ufffd"]["note"] == "Its content was not kept."
    assert (patched(shop, patch(result, run), tmp_path / "patched") / "beside").exists()


def test_what_is_written_at_home_is_no_part_of_it(shop: Path, tier: str) -> None:
    writing(shop, "Path.home().joinpath('note').write_text('x')")
    result, run = written(opened(shop), tier)

    assert result.facts["files"] == []
    assert [one["path"] for one in result.facts["outside"]] == ["~/note"]
    assert b"diff --git" not in patch(result, run)


def test_more_than_there_is_room_for_is_listed_without_content(
    shop: Path, tmp_path: Path, tier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.rehearsals.budget.DIFF_FILES", 3)
    writing(shop, "[Path(f'new{n}').write_text('x') for n in range(9)]")
    result, run = written(opened(shop), tier)

    assert [one["patch"] for one in result.facts["files"]].count(True) == 3
    copy = patched(shop, patch(result, run), tmp_path / "patched")
    assert len(list(copy.glob("new*"))) == 3


def test_a_text_that_takes_long_to_compare_is_replaced_as_a_whole(
    shop: Path, tmp_path: Path, tier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.rehearsals.hunks.SECONDS", -1.0)
    body = "p = Path('old.txt'); p.write_text(p.read_text().replace('5', 'five'))"
    writing(shop, body)
    result, run = written(opened(shop), tier)

    assert by_path(result)["old.txt"]["removed"] == 100
    copy = patched(shop, patch(result, run), tmp_path / "patched")
    assert contents(copy) == contents(really(shop, body, tmp_path / "really"))


def test_within_a_repository_the_patch_says_where_it_belongs(
    shop: Path, tmp_path: Path, tier: str
) -> None:
    (shop.parent / ".git").mkdir()
    writing(shop, "Path('new').write_text('x')")
    result, run = written(opened(shop), tier)

    text = patch(result, run)
    assert b'git apply --directory="shop" FILE' in text
    top = tmp_path / "top"
    shutil.copytree(shop, top / "shop")
    subprocess.run(["git", "init", "--quiet"], cwd=top, check=True)
    argv = ["git", "apply", "--directory=shop", "-"]
    subprocess.run(argv, cwd=top, input=text, check=True)
    assert (top / "shop" / "new").read_text() == "x"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root reads what denies itself")
def test_a_file_without_any_permission_is_no_trouble(shop: Path, tier: str) -> None:
    writing(shop, "Path('closed').write_text('x'); os.chmod('closed', 0)")
    result, _ = written(opened(shop), tier)

    assert by_path(result)["closed"]["change"] == "created"
