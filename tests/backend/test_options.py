from __future__ import annotations

import pytest

from backend.options import task_timeout
from inspector_app.errors import Problem

NAME = "DJDESK_INSPECTOR_TASK_TIMEOUT"


def test_the_timeout_is_a_minute_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)

    assert task_timeout() == 60


def test_the_timeout_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, " 2.5 ")

    assert task_timeout() == 2.5


@pytest.mark.parametrize("text", ["abc", "0", "-1", "nan", "inf", "1e9", "60s"])
def test_a_timeout_that_cannot_be_one_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv(NAME, text)

    with pytest.raises(Problem, match=f"{NAME} is '{text}'") as caught:
        task_timeout()
    assert caught.value.code == "bad_setting"
