from __future__ import annotations

import pytest
from django.db import IntegrityError, OperationalError

from inspector_app.runs import insist as insisting
from inspector_app.runs import live
from inspector_app.runs.insist import insist


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insisting, "FIRST_WAIT_S", 0.001)


class Busy:
    """A write that a busy database refuses a few times."""

    def __init__(self, refusals: int) -> None:
        self.left = refusals

    def __call__(self) -> str:
        if self.left:
            self.left -= 1
            raise OperationalError("database is locked")
        return "written"


def test_a_busy_database_is_asked_again() -> None:
    assert insist(Busy(3)) == "written"


def test_a_database_that_stays_busy_does_not_keep_djdesk_from_closing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "wait_for_closing", lambda _seconds: True)
    busy = Busy(3)

    with pytest.raises(OperationalError):
        insist(busy)
    assert busy.left == 2


def test_a_command_line_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insisting, "_patient", True)
    insisting.fail_at_once()
    busy = Busy(3)

    with pytest.raises(OperationalError):
        insist(busy)
    assert busy.left == 2


def test_other_errors_are_not_repeated() -> None:
    calls = []

    def broken() -> None:
        calls.append(1)
        raise IntegrityError

    with pytest.raises(IntegrityError):
        insist(broken)
    assert len(calls) == 1
