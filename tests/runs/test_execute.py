from __future__ import annotations

from pathlib import Path
from typing import Any

import psutil
import pytest
from pytest_django.fixtures import Settings

from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)
Status = WorkspaceTaskRun.Status


def opened(folder: Path) -> Workspace:
    workspace = open_path(folder)
    trust.grant(workspace)
    return workspace


def executed(workspace: Workspace, preset: str, **options: Any) -> WorkspaceTaskRun:
    params = options.pop("params", {})
    run = create_run(workspace, preset, params, enqueue=False, **options)
    execute(run.pk)
    run.refresh_from_db()
    return run


def write_check(project: Path, body: str) -> None:
    """Make ``check`` run ``body`` when the project's app is loaded."""
    lines = "\n        ".join(body.splitlines())
    (project / "orders" / "apps.py").write_text(
        "import os, sys\n"
        "from django.apps import AppConfig\n"
        "class OrdersConfig(AppConfig):\n"
        "    name = 'orders'\n"
        "    def ready(self):\n"
        f"        {lines}\n"
    )


def test_check_of_a_new_project_succeeds_and_changes_nothing(project: Path, unchanged: Any) -> None:
    unchanged(project)
    run = executed(opened(project), "check")

    assert (run.status, run.exit_code) == (Status.SUCCEEDED, 0)
    assert "System check identified no issues" in run.log.text()
    assert run.files_changed == []
    assert run.files_compared


def test_a_command_that_fails_keeps_its_exit_code_and_output(project: Path) -> None:
    run = executed(
        opened(project),
        "sqlmigrate",
        params={"app_label": "orders", "migration_name": "0001"},
    )

    assert (run.status, run.exit_code) == (Status.FAILED, 1)
    assert "Cannot find a migration matching '0001'" in run.log.text()


def test_a_command_that_writes_is_found_out(project: Path) -> None:
    write_check(project, "open('left-behind', 'w').close()")
    run = executed(opened(project), "check")

    assert run.files_changed is not None
    guarded = {"path": "left-behind", "change": "created"} in run.files_changed
    diverted = any(w["path"].endswith("left-behind") for w in run.attempted_writes or [])
    assert guarded or diverted


def test_the_environment_is_clean(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/ours")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "backend.settings")
    monkeypatch.setenv("SECRET_OF_OURS", "x")
    write_check(project, "print('\\n'.join(f'{k}={v}' for k, v in sorted(os.environ.items())))")
    run = executed(opened(project), "check")

    names = {line.partition("=")[0] for line in run.log.text().splitlines() if "=" in line}
    assert "DJANGO_SETTINGS_MODULE=shop.settings" in run.log.text()
    assert names <= {
        "DJANGO_SETTINGS_MODULE",
        "HOME",
        "LANG",
        "LC_CTYPE",
        "PATH",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONUNBUFFERED",
        "PYTHONUTF8",
        "TMPDIR",
        "TZ",
    }  # fmt: skip  (TZ is set by Django itself)


def test_a_deadline_ends_the_whole_tree(stubborn: Path) -> None:
    run = executed(opened(stubborn), "check", timeout=2)

    assert run.status == Status.TIMED_OUT
    assert "waiting" in run.log.text()
    assert "SIGKILL" in run.log.text()
    left = [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == str(stubborn)]
    assert left == []


def test_output_beyond_the_limit_stops_the_command(project: Path, settings: Settings) -> None:
    settings.DJDESK_LOG_LIMIT_BYTES = 100_000
    write_check(project, "while True: sys.stdout.write('x' * 99 + '\\n')")
    run = executed(opened(project), "check")

    assert run.status == Status.OUTPUT_LIMIT
    assert 90_000 <= run.bytes < 101_000


def test_bytes_that_are_no_utf8_do_not_lose_the_result(project: Path) -> None:
    write_check(project, "os.write(1, b'caf\\xe9 \\x00\\n')")
    run = executed(opened(project), "check")

    assert run.status == Status.SUCCEEDED
    assert b"".join(run.log.chunks()).startswith(b"caf\xe9 \x00\n")


def test_an_untrusted_workspace_runs_nothing(project: Path) -> None:
    with pytest.raises(Problem) as caught:
        create_run(open_path(project), "check", {}, enqueue=False)

    assert caught.value.code == "not_trusted"


def test_trust_is_asked_again_when_the_run_starts(project: Path) -> None:
    workspace = opened(project)
    run = create_run(workspace, "check", {}, enqueue=False)
    trust.withdraw(workspace)
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.exit_code) == (Status.FAILED, None)
    assert "not trusted" in run.message


def test_what_the_database_says_is_not_believed(project: Path) -> None:
    run = create_run(opened(project), "check", {}, enqueue=False)
    WorkspaceTaskRun.objects.filter(pk=run.pk).update(
        preset="shell", argv=["/bin/sh", "-c", "echo pwned"]
    )
    execute(run.pk)
    run.refresh_from_db()

    assert run.status == Status.FAILED
    assert "not on the list" in run.message


def test_an_argv_in_the_database_is_replaced_by_what_the_list_builds(project: Path) -> None:
    run = create_run(opened(project), "check", {}, enqueue=False)
    WorkspaceTaskRun.objects.filter(pk=run.pk).update(argv=["/bin/sh", "-c", "echo pwned"])
    execute(run.pk)
    run.refresh_from_db()

    assert run.status == Status.SUCCEEDED
    assert "pwned" not in run.log.text()


def test_a_vanished_folder_is_said(project: Path) -> None:
    workspace = opened(project)
    run = create_run(workspace, "check", {}, enqueue=False)
    project.rename(project.with_name("moved"))
    execute(run.pk)
    run.refresh_from_db()

    assert run.status == Status.FAILED
    assert "is gone" in run.message


@pytest.mark.parametrize("name", ["nowhere/python", ""])
def test_a_missing_interpreter_is_said_at_once(project: Path, name: str) -> None:
    workspace = opened(project)
    workspace.interpreter, workspace.bundled = name and str(project / name), False

    with pytest.raises(Problem) as caught:
        create_run(workspace, "check", {}, enqueue=False)

    assert caught.value.code == "interpreter_missing"


def test_an_interpreter_that_vanishes_meanwhile_is_said(project: Path) -> None:
    workspace = opened(project)
    run = create_run(workspace, "check", {}, enqueue=False)
    workspace.interpreter, workspace.bundled = str(project / "nowhere" / "python"), False
    workspace.save()
    execute(run.pk)
    run.refresh_from_db()

    assert run.status == Status.FAILED
    assert run.message == f"The interpreter {project}/nowhere/python is gone."


def test_a_missing_launcher_is_said(project: Path, settings: Settings) -> None:
    settings.DJDESK_JAIL = project / "no-such-jail"
    run = executed(opened(project), "check")

    assert run.status == Status.FAILED
    assert "isolates commands" in run.message


def test_a_run_is_claimed_only_once(project: Path) -> None:
    run = executed(opened(project), "check")
    finished = run.finished_at
    execute(run.pk)
    run.refresh_from_db()

    assert run.finished_at == finished


@pytest.mark.parametrize("timeout", [0, -1, 601, float("nan"), "60", True])
def test_an_impossible_timeout_is_refused(project: Path, timeout: Any) -> None:
    with pytest.raises(Problem) as caught:
        create_run(opened(project), "check", {}, timeout=timeout, enqueue=False)

    assert caught.value.field == "timeout"


def test_runs_are_numbered_in_each_workspace(project: Path) -> None:
    workspace = opened(project)
    numbers = [create_run(workspace, "check", {}, enqueue=False).number for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_a_scratch_folder_is_gone_after_the_run(project: Path, settings: Settings) -> None:
    executed(opened(project), "check")

    scratch = Path(settings.DJDESK_RUNS_DIR).parent / "scratch"
    assert list(scratch.iterdir()) == []
