"""The network of a run is what its project is allowed when it starts, and its row says so."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from inspector_app.models import Workspace
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.runs.serialize import run_json
from tests.proving import require
from tests.runs.project import executed, opened, when_loaded

pytestmark = pytest.mark.django_db(transaction=True)

CONNECTING = """
import socket
try:
    socket.create_connection(("127.0.0.1", {port}), 5).close()
    print("reached")
except OSError:
    print("cut off")
"""


def allow(workspace: Workspace, *, network: bool) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(network=network)


@pytest.mark.parametrize("tier", ["copy-on-write", "write-blocked", "shadow"])
def test_runs_that_waited_have_what_is_allowed_when_they_start(project: Path, tier: str) -> None:
    require(tier)
    workspace = opened(project)
    with socket.create_server(("127.0.0.1", 0)) as server:
        when_loaded(project, CONNECTING.format(port=server.getsockname()[1]))
        allow(workspace, network=True)
        runs = [create_run(workspace, "check", {}, tier=tier, enqueue=False) for _ in range(3)]
        for run, network in zip(runs, (False, True, False), strict=True):
            allow(workspace, network=network)
            execute(run.pk)
            run.refresh_from_db()

    first = [run.log.text().splitlines()[0] for run in runs]
    assert first == ["cut off", "reached", "cut off"]
    assert [run_json(run)["network"] for run in runs] == [False, True, False]


def test_a_run_without_walls_has_the_network_whatever_is_allowed(project: Path) -> None:
    assert executed(opened(project), "check", tier="guarded").network is True


def test_one_that_did_not_start_says_nothing_of_it(project: Path) -> None:
    workspace = opened(project)
    run = create_run(workspace, "check", {}, enqueue=False)
    (project / "manage.py").unlink()
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.network) == ("failed", None)
