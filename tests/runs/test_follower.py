"""What a run's follower does when something around it goes wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from inspector_app.events import bus
from inspector_app.redaction.project import redactor_for
from inspector_app.runs.create import create_run
from inspector_app.runs.follower import RunFollower
from inspector_app.runs.log_parts import output_path
from inspector_app.runs.log_writer import STDOUT, LogWriter
from tests.runs.project import opened

pytestmark = pytest.mark.django_db(transaction=True)


def test_output_that_cannot_be_read_back_is_told_of_all_the_same(project: Path) -> None:
    workspace = opened(project)
    run = create_run(workspace, "check", {}, enqueue=False)
    writer = LogWriter(run.folder)
    # Of the process it needs nothing as long as it need not stop it.
    follower = RunFollower(run, cast("Any", None), writer, redactor_for(workspace))
    subscription = bus.subscribe(None)
    try:
        follower.data(STDOUT, b"first\n")
        path = output_path(run.folder, 0)
        path.unlink()
        path.mkdir()
        follower.tick()

        event = subscription.next(5)
        assert event is not None
        assert event.data == {"run": run.pk, "lines": 1, "bytes": 6}
    finally:
        bus.unsubscribe(subscription)
        writer.close()
