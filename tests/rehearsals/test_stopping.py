"""A rehearsal that somebody stops: while its command runs, and while its result is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.rehearsals import rehearse
from inspector_app.rehearsals.result import load
from inspector_app.runs import live
from inspector_app.runs.cancel import cancel
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.runs.follower import RunFollower
from tests.proving import require
from tests.rehearsals.rehearsing import by_path, writing
from tests.runs.project import opened

pytestmark = pytest.mark.django_db(transaction=True)

WRITES = """
Path("new.txt").write_text("one\\ntwo\\n")
print("written", flush=True)
"""


def test_a_command_that_is_stopped_shows_what_it_had_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require("copy-on-write")
    writing(project, f"{WRITES}\nsignal.pause()")
    run = create_run(opened(project), "rehearse-collectstatic", {}, enqueue=False)
    listen = RunFollower.data

    def stop_at_output(self: RunFollower, stream: int, data: bytes) -> None:
        listen(self, stream, data)
        cancel(run)

    monkeypatch.setattr(RunFollower, "data", stop_at_output)
    execute(run.pk)
    run.refresh_from_db()

    result = load(run.folder)
    assert run.status == "cancelled"
    assert result is not None
    assert not result.facts["complete"]
    assert by_path(result)["new.txt"]["added"] == 2


def test_the_reading_of_a_result_can_be_stopped_and_leaves_a_list(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require("copy-on-write")
    writing(project, WRITES)
    run = create_run(
        opened(project), "rehearse-collectstatic", {"ignore_patterns": ["*"]}, enqueue=False
    )

    def stop_meanwhile(*_: Any) -> list[dict[str, Any]]:
        live.stop(run.pk)
        return []

    monkeypatch.setattr(rehearse, "_compared", stop_meanwhile)
    execute(run.pk)
    run.refresh_from_db()

    result = load(run.folder)
    assert run.status == "succeeded"
    assert result is not None
    assert by_path(result)["new.txt"]["added"] == 0
