from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from huey.contrib.djhuey import HUEY
from pytest_django.fixtures import Settings

from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun
from inspector_app.runs.create import QUEUED_MAX, create_run
from inspector_app.runs.execute import execute
from inspector_app.runs.log import STDOUT
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests.proving import require
from tests.runs.project import executed, opened, when_loaded

pytestmark = pytest.mark.django_db(transaction=True)
Status = WorkspaceTaskRun.Status


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


WRITTEN = {"path": "left-behind", "change": "created", "size": 1}


@pytest.mark.parametrize("tier", ["copy-on-write", "shadow"])
def test_what_a_command_writes_is_diverted_and_listed(
    project: Path, unchanged: Callable[[Path], None], tier: str
) -> None:
    require(tier)
    when_loaded(project, "open('left-behind', 'w').write('x')")
    unchanged(project)
    run = executed(opened(project), "check", tier=tier)

    assert (run.status, run.tier) == (Status.SUCCEEDED, tier)
    assert run.files_changed == []
    assert run.attempted_writes == [WRITTEN]


def test_without_isolation_what_a_command_writes_is_found_afterwards(project: Path) -> None:
    when_loaded(project, "open('left-behind', 'w').write('x')")
    run = executed(opened(project), "check", tier="guarded")

    assert run.files_changed == [WRITTEN]
    assert run.attempted_writes is None


def test_the_environment_is_clean(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/ours")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "backend.settings")
    monkeypatch.setenv("SECRET_OF_OURS", "x")
    when_loaded(project, "print('\\n'.join(f'{k}={v}' for k, v in sorted(os.environ.items())))")
    run = executed(opened(project), "check")

    found = dict(line.split("=", 1) for line in run.log.text().splitlines() if "=" in line)
    home = Path(found.pop("HOME"))
    assert found.pop("TMPDIR") == str(home.with_name("tmp"))
    assert not home.exists()
    assert found.pop("PATH").endswith(":/usr/local/bin:/usr/bin:/bin")
    # Python sets the one for UTF-8, Django the other from TIME_ZONE.
    found.pop("LC_CTYPE", None)
    assert found.pop("TZ") == "UTC"
    assert found == {
        "DJANGO_SETTINGS_MODULE": "shop.settings",
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }


def test_standard_input_is_empty_and_nothing_else_is_inherited(project: Path) -> None:
    when_loaded(
        project,
        """
        print("stdin", sys.stdin.read())
        print("open", [n for n in os.listdir("/proc/self/fd")][3:-1])
        """,
    )
    run = executed(opened(project))

    assert "stdin \n" in run.log.text()
    assert "open []\n" in run.log.text()


def test_djdesk_does_not_inspect_itself(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "backend.settings")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent.parent))
    run = executed(opened(project), "diffsettings")

    assert "ROOT_URLCONF = 'shop.urls'" in run.log.text()
    assert "inspector_app" not in run.log.text()


def test_a_deadline_ends_the_whole_tree(stubborn: Path) -> None:
    run = executed(opened(stubborn), "check", timeout=5)

    assert run.status == Status.TIMED_OUT
    assert "waiting" in run.log.text()
    assert "SIGKILL" in run.log.text()
    left = [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == str(stubborn)]
    assert left == []


def test_output_beyond_the_limit_stops_the_command(project: Path, settings: Settings) -> None:
    settings.DJDESK_LOG_LIMIT_BYTES = 100_000
    when_loaded(project, "while True: sys.stdout.write('x' * 99 + '\\n')")
    run = executed(opened(project), "check")

    assert run.status == Status.OUTPUT_LIMIT
    assert 90_000 <= run.bytes < 101_000
    assert "The beginning and the end were kept" in run.message
    assert " omitted\n" in run.log.text()


def test_bytes_that_are_no_utf8_do_not_lose_the_result(project: Path) -> None:
    when_loaded(project, "os.write(1, b'caf\\xe9 \\x00\\n')")
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


@pytest.mark.parametrize(
    "timeout", [0, -1, 601, float("nan"), float("inf"), 10**400, "60", True, [60]]
)
def test_an_impossible_timeout_is_refused(project: Path, timeout: Any) -> None:
    with pytest.raises(Problem) as caught:
        create_run(opened(project), "check", {}, timeout=timeout, enqueue=False)

    assert caught.value.field == "timeout"


def test_runs_are_numbered_in_each_workspace(project: Path) -> None:
    workspace = opened(project)
    numbers = [create_run(workspace, "check", {}, enqueue=False).number for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_a_command_that_ends_itself_by_a_signal_says_which(project: Path) -> None:
    when_loaded(project, "os.kill(os.getpid(), signal.SIGKILL)")
    run = executed(opened(project))

    assert (run.status, run.exit_code, run.signal) == (Status.FAILED, None, 9)
    assert run.message == "It was ended by SIGKILL."
    assert "memory" in run.hint


def test_a_failure_without_django_names_the_likely_cause(project: Path) -> None:
    workspace = opened(project)
    workspace.interpreter, workspace.bundled = "/usr/bin/python3", False
    workspace.django_version = ""
    workspace.save()
    run = executed(workspace)

    assert (run.status, run.exit_code) == (Status.FAILED, 1)
    assert "No Django was found" in run.hint


def test_an_interpreter_that_cannot_be_started_is_said(project: Path) -> None:
    interpreter = project / "python"
    interpreter.write_text("#!/no/such/python\n")
    interpreter.chmod(0o755)
    workspace = opened(project)
    workspace.interpreter, workspace.bundled = str(interpreter), False
    workspace.save()
    run = executed(workspace)

    assert (run.status, run.exit_code) == (Status.FAILED, None)
    assert str(interpreter) in run.message
    assert run.hint


def test_a_vanished_manage_py_is_said(project: Path) -> None:
    workspace = opened(project)
    run = create_run(workspace, "check", {}, enqueue=False)
    (project / "manage.py").unlink()
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.message) == (
        Status.FAILED,
        f"manage.py is no longer in {project}.",
    )


def test_a_log_that_cannot_be_made_ends_the_run(project: Path) -> None:
    run = create_run(opened(project), "check", {}, enqueue=False)
    run.folder.parent.mkdir(parents=True, exist_ok=True)
    run.folder.write_text("in the way")
    execute(run.pk)
    run.refresh_from_db()

    assert run.status == Status.FAILED
    assert "data directory" in run.message


def test_a_message_for_a_row_that_is_gone_is_ignored() -> None:
    execute(987654)


@pytest.mark.parametrize(
    ("tier", "said"), [("auto", "5,002 attempted writes"), ("guarded", "5,002 files changed")]
)
def test_more_changes_than_a_row_can_hold_are_counted(project: Path, tier: str, said: str) -> None:
    when_loaded(project, "[open(f'left-{n}', 'w').close() for n in range(5002)]")
    run = executed(opened(project), tier=tier)

    listed = run.files_changed if tier == "guarded" else run.attempted_writes
    assert listed is not None
    assert len(listed) == 5000
    assert said in run.log.text()


def test_an_unfinished_last_line_is_kept_exactly(project: Path) -> None:
    when_loaded(project, "os.write(1, b'no end'); os._exit(0)")
    run = executed(opened(project))

    assert (run.lines, run.bytes) == (1, 6)
    assert run.log.output_path.read_bytes() == b"no end"


def test_the_two_streams_are_told_apart(project: Path) -> None:
    when_loaded(project, "os.write(1, b'out\\n'); os.write(2, b'err\\n'); os._exit(0)")
    run = executed(opened(project))

    assert sorted((line.stream, line.text) for line in run.log.lines(1, 9)) == [
        ("stderr", "err"),
        ("stdout", "out"),
    ]
    assert b"".join(run.log.stream(STDOUT)) == b"out\n"


def test_a_refusal_is_logged(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Problem):
        create_run(opened(project), "shell", {})

    assert "'shell' is not on the list" in caplog.text


def test_too_many_waiting_commands_are_refused(project: Path) -> None:
    workspace = opened(project)
    for _ in range(QUEUED_MAX):
        create_run(workspace, "check", {}, enqueue=False)

    with pytest.raises(Problem) as caught:
        create_run(workspace, "check", {}, enqueue=False)
    assert caught.value.code == "queue_full"


def test_a_queue_that_takes_nothing_ends_the_run_and_says_so(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = opened(project)
    HUEY.storage.close()
    monkeypatch.setattr(HUEY.storage, "filename", str(project / "no" / "queue.sqlite3"))

    with pytest.raises(Problem) as caught:
        create_run(workspace, "check", {})

    assert caught.value.code == "queue_unavailable"
    assert workspace.runs.get().status == Status.FAILED


def test_a_scratch_folder_is_gone_after_the_run(project: Path, settings: Settings) -> None:
    executed(opened(project), "check")

    scratch = Path(settings.DJDESK_RUNS_DIR).parent / "scratch"
    assert list(scratch.iterdir()) == []
