"""Differences of texts, names in patches, and lines without secrets."""

from __future__ import annotations

import time

import pytest

from inspector_app.redaction.redactor import Redactor, split_lines
from inspector_app.rehearsals.diff_lines import diff_lines
from inspector_app.rehearsals.hunks import Text, difference
from inspector_app.rehearsals.patch import comment, quoted

LINES = [b"MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" * 2, b"kiG9w0BAQEFAASCMIIEvQIBADANBgkqh" * 2]
KEY = b"\n".join([b"-----BEGIN PRIVATE KEY-----", *LINES, b"-----END PRIVATE KEY-----", b""])


def text(data: bytes) -> Text:
    return Text(split_lines(data), split_lines(data))


def test_a_secret_of_several_lines_is_replaced_in_each_and_no_line_goes() -> None:
    redactor = Redactor()
    lines = redactor.lines(b"before\n" + KEY + b"after")

    assert (lines[0], lines[-1]) == (b"before\n", b"after")
    assert len(lines) == len(split_lines(b"before\n" + KEY + b"after"))
    assert not any(b"MIIE" in line or b"kiG9" in line for line in lines)
    assert redactor.count == 1


@pytest.mark.parametrize("data", [b"", b"a", b"a\n", b"a\n\n", b"a\r\nb\x0c\x85c", b"\xff\n"])
def test_lines_put_together_are_the_file(data: bytes) -> None:
    assert b"".join(split_lines(data)) == data


def test_only_lines_with_a_secret_in_sight_count_as_redacted() -> None:
    raw = [b"%d\n" % number for number in range(50)]
    shown = [b"[redacted: x]\n" if number in (0, 30) else line for number, line in enumerate(raw)]
    changed = [*raw[:31], b"new\n", *raw[31:]]
    after = Text(changed, [*shown[:31], b"new\n", *shown[31:]])
    found = difference(Text(raw, shown), after, time.monotonic() + 60)

    assert (found.added, found.removed, found.redacted) == (1, 0, 1)
    assert b"30" not in found.hunks.partition(b"@@\n")[2]


def test_texts_made_to_be_slow_are_replaced_in_time() -> None:
    before = text(b"".join(b"%d\n" % (number % 150) for number in range(20_000)))
    after = text(b"".join(b"%d\n" % (number * 7 % 150) for number in range(20_000)))
    started = time.monotonic()
    found = difference(before, after, started + 0.2)

    assert time.monotonic() - started < 10
    assert found.added > 0


def test_the_page_numbers_lines_as_the_patch_does() -> None:
    before = text(b"".join(b"%d\n" % number for number in range(1, 31)))
    after = text(b"--- 1\n" + b"".join(before.raw[1:19]) + b"++ x\n" + b"".join(before.raw[20:]))
    hunks = difference(before, after, time.monotonic() + 60).hunks
    lines = list(diff_lines(b"diff --git a/x b/x\n--- a/x\n+++ b/x\n" + hunks))

    assert [(one.old, one.new, one.text) for one in lines if one.kind == "add"] == [
        (None, 1, "--- 1"),
        (None, 20, "++ x"),
    ]
    assert [one.old for one in lines if one.kind == "del"] == [1, 20]
    assert [one.kind for one in lines].count("gap") == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a b", "a b"),
        ("é", "é"),
        ('a"b', '"a\\"b"'),
        ("a\\b", '"a\\\\b"'),
        ("a\nb\x01", '"a\\nb\\001"'),
        ("\u202e", '"\\342\\200\\256"'),
    ],
)
def test_a_name_is_written_as_git_reads_it(name: str, expected: str) -> None:
    assert quoted(name) == expected


def test_a_comment_stays_on_its_line() -> None:
    assert comment(["one\ndiff --git a/x b/x"]).count(b"\n") == 1
