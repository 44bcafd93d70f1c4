from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.models import Workspace
from inspector_app.runs.compare import LINES, difference, normal, previous
from inspector_app.runs.log_writer import STDERR, STDOUT, LogWriter
from tests.runs import rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rows.workspace(tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("at 2026-11-28 09:41:07,123 ok", "at 2025-01-01 10:00:00,999 ok"),
        ("2026-11-28T09:41:07Z", "2026-11-29T09:41:07+01:00"),
        ("[28/Nov/2026 09:41:07] GET", "[29/Nov/2026 10:41:07] GET"),
        ("<Order at 0x7f3a90>", "<Order at 0x7f3bff>"),
        ("took 1.84s", "took 12 seconds"),
        ("in 3 ms", "in 250 ms"),
        ("\x1b[32mfine\x1b[0m", "fine"),
    ],
)
def test_what_differs_by_nature_is_the_same(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"), [("3 issues", "4 issues"), ("line 10", "line 11"), ("0001_a", "0002_a")]
)
def test_what_differs_by_meaning_is_not(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_the_run_before_has_the_same_command_line_and_has_ended(shop: Workspace) -> None:
    wanted = rows.row(shop)
    rows.row(shop, argv=["python", "manage.py", "check", "--deploy"])
    rows.row(shop, status="queued")
    run = rows.row(shop)

    assert previous(run) == wanted
    assert previous(wanted) is None


def test_equal_output_has_no_difference(shop: Workspace) -> None:
    found = difference(rows.row(shop, b"took 1 s\nb\n"), rows.row(shop, b"took 2 s\nb\n"))

    assert (found.rows, found.added, found.removed, found.complete) == ([], 0, 0, True)


def test_lines_that_differ_are_shown_with_their_numbers(shop: Workspace) -> None:
    same = b"".join(b"same %d\n" % number for number in range(20))
    found = difference(rows.row(shop, same + b"old\nend\n"), rows.row(shop, same + b"new\nend\n"))

    assert [
        (row.kind, row.text, row.before, row.after) for row in found.rows if row.kind != "same"
    ] == [
        ("stream", "stdout", None, None),
        ("gap", "17 lines without a difference", None, None),
        ("del", "old", 21, None),
        ("add", "new", None, 21),
    ]
    assert (found.added, found.removed) == (1, 1)


def test_a_log_that_is_longer_than_what_is_compared_is_said(shop: Workspace) -> None:
    long = b"x\n" * (LINES + 1)

    assert not difference(rows.row(shop, long), rows.row(shop, b"x\n")).complete


def test_the_order_in_which_the_streams_arrived_is_no_difference(shop: Workspace) -> None:
    one, other = rows.row(shop), rows.row(shop)
    for run, order in ((one, (STDOUT, STDERR)), (other, (STDERR, STDOUT))):
        writer = LogWriter(run.folder)
        for stream in order:
            writer.write(stream, b"line of %d\n" % stream)
        writer.close()

    assert difference(one, other).rows == []


def test_a_run_without_output_is_compared_as_well(shop: Workspace) -> None:
    found = difference(rows.row(shop), rows.row(shop, b"new\n"))

    assert [(row.kind, row.text) for row in found.rows] == [("stream", "stdout"), ("add", "new")]
