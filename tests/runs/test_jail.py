from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from pytest_django.fixtures import Settings

from inspector_app.errors import Problem
from inspector_app.runs import jail
from inspector_app.runs.jail import JailProcess
from tests.proving import require

TIERS = ("copy-on-write", "write-blocked", "shadow", "guarded")


class Recorder:
    """A follower that keeps everything, and lets a test act when output comes."""

    def __init__(self) -> None:
        self.output = {0: b"", 1: b""}
        self.reports: list[dict[str, Any]] = []
        self.ticks = 0
        self.wants_a_tick = False
        self.on_data: Callable[[], object] = lambda: None

    def started(self, report: dict[str, Any]) -> None:
        self.reports.append(report)

    def data(self, stream: int, data: bytes) -> None:
        self.output[stream] += data
        self.wants_a_tick = True
        self.on_data()

    def due(self) -> float | None:
        return 0.0 if self.wants_a_tick else None

    def tick(self) -> None:
        self.ticks += 1
        self.wants_a_tick = False


@pytest.fixture
def launcher(settings: Settings) -> Path:
    return Path(settings.DJDESK_JAIL)


def policy(folder: Path, *argv: str, timeout_s: float = 30.0, tier: str = "auto") -> dict[str, Any]:
    (folder / "scratch").mkdir()
    (folder / "root").mkdir()
    return {
        "v": 1,
        "argv": list(argv),
        "cwd": str(folder / "root"),
        "root": str(folder / "root"),
        "env": {"PATH": "/usr/bin:/bin", "HOME": str(folder / "scratch" / "home")},
        "timeout_s": timeout_s,
        "grace_s": 3.0,
        "tier": tier,
        "network": False,
        "manifest": True,
        "scratch": str(folder / "scratch"),
    }


def fake_launcher(folder: Path, body: str) -> Path:
    path = folder / "launcher"
    path.write_text(f"#!{sys.executable}\nimport os, signal, sys\nfd = int(sys.argv[3])\n{body}\n")
    path.chmod(0o755)
    return path


def followed(launcher: Path, policy: dict[str, Any], recorder: Recorder) -> JailProcess:
    with JailProcess(launcher, policy) as process:
        process.follow(recorder)
    return process


def assert_gone_below(folder: Path) -> None:
    found = [p for p in psutil.process_iter(["cwd"]) if str(p.info["cwd"]).startswith(str(folder))]
    _, alive = psutil.wait_procs(found, timeout=15)
    assert alive == []


def test_both_streams_and_the_end_are_reported(launcher: Path, tmp_path: Path) -> None:
    recorder = Recorder()
    command = policy(tmp_path, "/bin/sh", "-c", "echo out; echo err >&2; exit 3")
    process = followed(launcher, command, recorder)

    assert recorder.output == {0: b"out\n", 1: b"err\n"}
    assert recorder.ticks >= 1
    assert process.ended is not None
    assert process.ended["exit"] == 3
    assert recorder.reports[0]["pid"] > 0


def test_output_arrives_while_the_command_still_runs(launcher: Path, tmp_path: Path) -> None:
    recorder = Recorder()
    gate = tmp_path / "scratch" / "tmp" / "gate"

    def let_go_on() -> None:
        recorder.on_data = lambda: None
        gate.write_text("go")

    recorder.on_data = let_go_on
    script = f"mkfifo {gate}; echo first; read x < {gate}; echo second"
    command = policy(tmp_path, "/bin/sh", "-c", script)
    followed(launcher, command, recorder)

    assert recorder.output[0] == b"first\nsecond\n"


def test_a_stop_ends_a_command_that_obeys(launcher: Path, tmp_path: Path) -> None:
    recorder = Recorder()
    with JailProcess(launcher, policy(tmp_path, "/bin/sh", "-c", "echo on; sleep 60")) as process:
        recorder.on_data = process.stop
        process.follow(recorder)

    assert process.ended is not None
    assert process.ended["stopped"]
    assert process.ended["signal"] == signal.SIGTERM


# Two that leave its session, and one that has ended and waits for its parent.
FAMILY = """
import os, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for _ in range(2):
    if os.fork() == 0:
        os.setsid()
        signal.pause()
if os.fork() == 0:
    os._exit(0)
os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
print("on", flush=True)
while True:
    signal.pause()
"""


@pytest.mark.parametrize("tier", TIERS)
def test_a_stop_counts_the_processes_that_it_ended(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    require(tier)
    recorder = Recorder()
    asked = policy(tmp_path, sys.executable, "-c", FAMILY, tier=tier)
    with JailProcess(launcher, asked) as process:
        recorder.on_data = lambda: process.stop(0.1)
        process.follow(recorder)

    assert process.ended is not None
    assert (process.ended["stopped"], process.ended["processes"]) == (True, 3)


def test_a_deadline_counts_the_processes_that_it_ended(launcher: Path, tmp_path: Path) -> None:
    asked = policy(tmp_path, sys.executable, "-c", FAMILY, timeout_s=3.0) | {"grace_s": 0.1}
    process = followed(launcher, asked, Recorder())

    assert process.ended is not None
    assert (process.ended["timed_out"], process.ended["processes"]) == (True, 3)


def test_a_command_that_ends_by_itself_counts_none(launcher: Path, tmp_path: Path) -> None:
    process = followed(launcher, policy(tmp_path, "/bin/true"), Recorder())

    assert process.ended is not None
    assert process.ended["processes"] is None


@pytest.mark.parametrize("tier", TIERS)
def test_where_memory_runs_out_the_command_goes_first(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    require(tier)
    recorder = Recorder()
    script = "cat /proc/self/oom_score_adj"
    followed(launcher, policy(tmp_path, "/bin/sh", "-c", script, tier=tier), recorder)

    assert recorder.output[0] == b"1000\n"


LEASE = "import fcntl; fcntl.fcntl(open('/proc/self/exe'), fcntl.F_SETLEASE, fcntl.F_RDLCK)"


@pytest.mark.parametrize("tier", ["write-blocked", "shadow"])
def test_a_command_makes_nobody_wait_for_a_file(launcher: Path, tmp_path: Path, tier: str) -> None:
    """Who opens a file under a lease has to wait until it is let go of."""
    require(tier)
    recorder = Recorder()
    followed(launcher, policy(tmp_path, sys.executable, "-c", LEASE, tier=tier), recorder)

    assert b"PermissionError: [Errno 1]" in recorder.output[1]


def test_the_end_of_a_layer_waits_for_no_disk(launcher: Path, tmp_path: Path) -> None:
    asked = policy(tmp_path, "/bin/cat", "/proc/self/mountinfo", tier="copy-on-write")
    recorder = Recorder()

    followed(launcher, asked, recorder)

    mounts = [line.split() for line in recorder.output[0].decode().splitlines()]
    layer = next(mount for mount in mounts if mount[4] == asked["root"])
    # Newer kernels show the option by a newer name.
    assert {"volatile", "fsync=volatile"} & set(layer[-1].split(","))


def test_no_signal_is_blocked_in_the_command(launcher: Path, tmp_path: Path) -> None:
    recorder = Recorder()
    followed(launcher, policy(tmp_path, "/bin/grep", "SigBlk", "/proc/self/status"), recorder)

    assert recorder.output[0] == b"SigBlk:\t0000000000000000\n"


def test_a_stop_kills_a_command_that_does_not_obey(launcher: Path, tmp_path: Path) -> None:
    recorder = Recorder()
    command = policy(tmp_path, "/bin/sh", "-c", "trap '' TERM; echo on; sleep 60; sleep 60")
    with JailProcess(launcher, command) as process:
        recorder.on_data = lambda: process.stop(grace_s=0.1)
        process.follow(recorder)

    assert process.ended is not None
    assert process.ended["signal"] == signal.SIGKILL


def test_stopping_what_has_ended_does_nothing(launcher: Path, tmp_path: Path) -> None:
    process = followed(launcher, policy(tmp_path, "/bin/true"), Recorder())
    process.stop()

    assert process.ended is not None
    assert not [t for t in threading.enumerate() if isinstance(t, threading.Timer)]


def test_an_error_in_the_follower_leaves_no_process(launcher: Path, tmp_path: Path) -> None:
    class Broken(Recorder):
        def started(self, report: dict[str, Any]) -> None:
            super().started(report)
            raise RuntimeError("broken")

    recorder = Broken()
    with (
        pytest.raises(RuntimeError, match="broken"),
        JailProcess(launcher, policy(tmp_path, "/bin/sleep", "60")) as process,
    ):
        process.follow(recorder)

    assert_gone_below(tmp_path)


@pytest.mark.parametrize("tier", TIERS)
def test_a_killed_launcher_takes_the_command_with_it(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    recorder = Recorder()
    command = policy(tmp_path, "/bin/sh", "-c", "(setsid sleep 61 &); echo; sleep 60", tier=tier)
    with JailProcess(launcher, command) as process:
        recorder.on_data = process._process.kill
        process.follow(recorder)

    assert_gone_below(tmp_path)


@pytest.mark.parametrize("tier", TIERS)
def test_a_killed_keeper_takes_the_command_with_it(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    recorder = Recorder()
    script = "(setsid sleep 61 &); while echo; do sleep 0.05; done"

    def kill_keeper() -> None:
        # Output may be read before the report of the start.
        if recorder.reports:
            psutil.Process(recorder.reports[0]["pid"]).kill()
            recorder.on_data = lambda: None

    with JailProcess(launcher, policy(tmp_path, "/bin/sh", "-c", script, tier=tier)) as process:
        recorder.on_data = kill_keeper
        process.follow(recorder)

    assert process.error is not None
    assert process.error["code"] == "keeper_died"
    assert_gone_below(tmp_path)


@pytest.mark.parametrize("tier", TIERS)
def test_launcher_and_keeper_killed_at_once_leave_no_process(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    """Not even one that has left its parent, its session and its environment behind."""
    recorder = Recorder()
    script = "(setsid sleep 61 &); (env -i setsid sleep 62 &); echo; sleep 60"
    command = policy(tmp_path, "/bin/sh", "-c", script, tier=tier)
    with JailProcess(launcher, command) as process:
        above = psutil.Process(process._process.pid)

        def kill_both() -> None:
            both = [*above.children(), above]
            for one in both:
                one.suspend()
            for one in both:
                one.kill()

        recorder.on_data = kill_both
        process.follow(recorder)

    assert process.ended is None
    assert_gone_below(tmp_path)


def test_a_launcher_that_is_missing_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        JailProcess(tmp_path / "none", policy(tmp_path, "/bin/true"))

    assert caught.value.code == "jail_missing"


def test_a_launcher_that_says_nothing_has_not_ended_the_command(tmp_path: Path) -> None:
    process = followed(Path("/bin/true"), policy(tmp_path, "/bin/true"), Recorder())

    assert (process.started, process.ended, process.error) == (None, None, None)


def test_lines_that_are_no_reports_are_skipped(tmp_path: Path) -> None:
    launcher = fake_launcher(
        tmp_path, r"""os.write(fd, b'junk\n{"v":1,"error":{"code":"c","message":"m"}}\nhalf')"""
    )
    process = followed(launcher, policy(tmp_path, "/bin/true"), Recorder())

    assert process.error == {"code": "c", "message": "m"}


def test_a_launcher_that_hangs_before_the_start_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jail, "COMPARING_S", 0.3)
    process = followed(
        fake_launcher(tmp_path, "signal.pause()"), policy(tmp_path, "/bin/true"), Recorder()
    )

    assert process.ended is None


def test_a_launcher_that_misses_the_deadline_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jail, "LATE_S", 0.3)
    monkeypatch.setattr(jail, "GRACE_S", 0.0)
    launcher = fake_launcher(
        tmp_path,
        """os.write(fd, b'{"started":{"pid":1,"create_time":0,"tier":"x"}}\\n'); signal.pause()""",
    )
    recorder = Recorder()
    process = followed(launcher, policy(tmp_path, "/bin/true", timeout_s=0.1), recorder)

    assert recorder.reports
    assert process.ended is None


def test_a_launcher_that_ignores_a_stop_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jail, "LATE_S", 0.3)
    with JailProcess(fake_launcher(tmp_path, "signal.pause()"), policy(tmp_path, "x")) as process:
        process.stop(grace_s=0.0)
        process.follow(Recorder())

    assert process.ended is None


def test_an_escaped_process_that_holds_the_pipes_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing may keep a worker waiting for ever, whatever a command did to hide."""
    monkeypatch.setattr(jail, "SILENCE_S", 0.3)
    launcher = fake_launcher(
        tmp_path,
        f"""if os.fork() == 0:
    os.close(fd)
    open({str(tmp_path / "pid")!r}, "w").write(str(os.getpid()))
    os.write(1, b"held")
    signal.pause()
while not os.path.exists({str(tmp_path / "pid")!r}):
    pass""",
    )
    recorder = Recorder()
    process = followed(launcher, policy(tmp_path, "/bin/true"), recorder)

    assert process.ended is None
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
