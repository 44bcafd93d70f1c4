"""How a tier is chosen, and that it holds for whatever folder a project lies in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from inspector_app.runs import secrets
from inspector_app.runs.jail import JailProcess
from inspector_app.runs.probe import probe
from tests.environment import CHECKOUT
from tests.proving import require
from tests.runs.container import container
from tests.runs.project import executed, opened, when_loaded
from tests.runs.test_jail import Recorder, followed, policy

NAMESPACES, LANDLOCK = 56, 444
ORDINARY = 1000

# Reads until there is something else.
READS = """
import sys
from pathlib import Path
key, notes = Path(sys.argv[1], "key"), Path(sys.argv[1], "notes")
print(repr(key.read_text()), notes.read_text())
try:
    while not (found := key.read_text()):
        pass
    print(found)
except OSError as error:
    print(type(error).__name__)
"""

# Somebody who builds in the project: files and folders come and go.
COMES_AND_GOES = """
import os, sys
os.chdir(sys.argv[1])
turn = 0
while True:
    for number in range(200):
        os.mkdir(f"folder-{number}")
        open(f"folder-{number}/file", "w").close()
        os.symlink("old", f"link-{number}")
        # The same name, of one kind after the other.
        os.mkdir(f"any-{number}")
        os.rmdir(f"any-{number}")
        os.symlink("old", f"any-{number}")
        os.remove(f"any-{number}")
        with open(f"any-{number}", "w") as file:
            file.write("x" * 100_000)
    if not turn:
        print(flush=True)
    turn += 1
    for number in range(200):
        os.remove(f"folder-{number}/file")
        os.rmdir(f"folder-{number}")
        os.remove(f"link-{number}")
        os.rename(f"any-{number}", "any")
        for path in sys.argv[2:]:
            os.remove(path) if os.path.isfile(path) else os.rmdir(path)
            os.mkdir(path) if path.endswith("folder") else open(path, "w").close()
"""

CHANGES_ITS_KIND = """
import os, sys, time
while True:
    os.mkdir(sys.argv[1])
    time.sleep(0.0005)
    os.rmdir(sys.argv[1])
    open(sys.argv[1], "w").close()
    time.sleep(0.0005)
    os.remove(sys.argv[1])
"""

WRITE = "import os; open('new', 'w').close(); os.remove('old'); print(os.getcwd())"


@pytest.fixture(autouse=True)
def walls() -> None:
    """Each test takes one away, or looks at the strongest."""
    require("copy-on-write")
    require("write-blocked")


@pytest.fixture
def launcher(settings: Settings) -> Path:
    return Path(settings.DJDESK_JAIL)


def in_root(root: Path, folder: Path, **keys: Any) -> dict[str, Any]:
    """A policy for a command that writes in ``root``."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "old").write_text("x")
    asked = policy(folder, sys.executable, "-c", WRITE)
    return asked | {"cwd": str(root), "root": str(root)} | keys


def end_of(launcher: Path, asked: dict[str, Any]) -> dict[str, Any]:
    recorder = Recorder()
    process = followed(launcher, asked, recorder)
    assert process.ended is not None, (process.error, recorder.output)
    return process.ended


def assert_diverted(ended: dict[str, Any]) -> None:
    assert (ended["tier"], ended["exit"]) == ("copy-on-write", 0)
    assert ended["manifest"]["changed"] == []
    writes = [(one["path"], one["change"]) for one in ended["attempted_writes"]]
    assert writes == [("new", "created"), ("old", "deleted")]


@pytest.mark.parametrize(
    "name",
    ["two words", "a,b", "a:b", "back\\slash", "quo\"te's", "new\nline", "é-日本", "x" * 200],
)
def test_any_name_of_a_folder_will_do(launcher: Path, tmp_path: Path, name: str) -> None:
    assert_diverted(end_of(launcher, in_root(tmp_path / name / "project", tmp_path)))


def test_a_link_to_the_project_will_do(launcher: Path, tmp_path: Path) -> None:
    asked = in_root(tmp_path / "real", tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    link = str(tmp_path / "link")
    assert_diverted(end_of(launcher, asked | {"root": link, "cwd": link}))


@pytest.mark.parametrize("below", ["/dev/shm", "/var/tmp"])  # noqa: S108 -- they are the point
def test_a_project_below_a_folder_for_everybody_will_do(
    launcher: Path, tmp_path: Path, below: str
) -> None:
    with tempfile.TemporaryDirectory(dir=below) as folder:
        assert_diverted(end_of(launcher, in_root(Path(folder) / "project", tmp_path)))


def test_a_scratch_folder_inside_the_project_will_do(launcher: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    asked = in_root(root, tmp_path)
    scratch = root / "data" / "scratch"
    scratch.mkdir(parents=True)
    home = {"HOME": str(scratch / "home")}
    assert_diverted(end_of(launcher, asked | {"scratch": str(scratch), "env": home}))


@pytest.mark.parametrize("tier", ["copy-on-write", "write-blocked", "shadow"])
def test_what_somebody_removes_meanwhile_stops_no_command(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    require(tier)
    (tmp_path / "hidden-folder").mkdir()
    (tmp_path / "hidden-file").touch()
    hidden = [str(tmp_path / name) for name in ("hidden-folder", "hidden-file")]
    asked = in_root(tmp_path / "project", tmp_path, tier=tier, hidden=hidden)
    somebody = [sys.executable, "-c", COMES_AND_GOES, asked["root"], *hidden]
    with subprocess.Popen(somebody, stdout=subprocess.PIPE) as busy:
        try:
            assert busy.stdout is not None
            busy.stdout.readline()
            argv = [sys.executable, "-c", "print(open('old').read())"]
            ends = [end_of(launcher, asked | {"argv": argv}) for _ in range(5)]
        finally:
            busy.kill()

    assert [(end["tier"], end["exit"]) for end in ends] == [(tier, 0)] * 5
    assert [end["manifest"]["unreadable"] for end in ends] == [0] * 5


def test_what_is_hidden_may_become_a_folder_or_a_file_meanwhile(
    launcher: Path, tmp_path: Path
) -> None:
    hidden = tmp_path / "hidden"
    asked = in_root(tmp_path / "project", tmp_path, tier="copy-on-write", hidden=[str(hidden)])
    with subprocess.Popen([sys.executable, "-c", CHANGES_ITS_KIND, str(hidden)]) as busy:
        try:
            argv = [sys.executable, "-c", "print(open('old').read())"]
            ends = [end_of(launcher, asked | {"argv": argv}) for _ in range(20)]
        finally:
            busy.kill()

    assert [(end["tier"], end["exit"]) for end in ends] == [("copy-on-write", 0)] * 20


@pytest.mark.parametrize("tier", ["copy-on-write", "shadow"])
@pytest.mark.parametrize("left", ["", "folder"])
def test_a_database_that_went_after_it_was_copied_stops_no_command(
    launcher: Path, tmp_path: Path, tier: str, left: str
) -> None:
    asked = in_root(tmp_path / "project", tmp_path, tier=tier)
    (tmp_path / "project" / left).mkdir(exist_ok=True)
    copy = tmp_path / "scratch" / "copy-of-it"
    copy.write_text("copy")
    snapshot = {"path": "folder/db.sqlite3", "file": str(copy)}
    ended = end_of(launcher, asked | {"snapshots": [snapshot]})

    assert (ended["tier"], ended["exit"]) == (tier, 0)


@pytest.fixture
def closed_to_others() -> Iterator[Path]:
    """A project of an ordinary user's, with a file and a folder that belong to somebody else."""
    if os.getuid() != 0:
        pytest.skip("only root can make files of somebody else")
    base = Path(tempfile.mkdtemp(dir="/var/tmp"))
    (base / "project" / "postgres").mkdir(parents=True)
    (base / "project" / "postgres" / "data").touch()
    (base / "project" / "key").touch()
    for path in [base, *base.rglob("*")]:
        os.chown(path, ORDINARY, ORDINARY)
    for name in ("postgres", "key"):
        os.chown(base / "project" / name, 0, 0)
        (base / "project" / name).chmod(0o700)
    yield base
    shutil.rmtree(base)


def test_what_a_user_may_not_read_is_missing_in_the_copy(
    launcher: Path, closed_to_others: Path
) -> None:
    base = closed_to_others
    asked = in_root(base / "project", base, tier="shadow") | {
        "argv": ["/bin/sh", "-c", "ls"],
        "env": {"PATH": "/usr/bin:/bin"},
    }
    for name in ("scratch", "root"):
        os.chown(base / name, ORDINARY, ORDINARY)
    shutil.copy(launcher, base / "launcher")
    as_user = base / "as-user"
    as_user.write_text(
        f"#!{sys.executable}\nimport os, sys\nos.setgroups([])\n"
        f"os.setgid({ORDINARY})\nos.setuid({ORDINARY})\n"
        f"os.execv({str(base / 'launcher')!r}, ['launcher', *sys.argv[1:]])\n"
    )
    as_user.chmod(0o755)
    recorder = Recorder()
    process = followed(as_user, asked, recorder)

    assert process.ended is not None, process.error
    assert process.ended["tier"] == "shadow"
    assert recorder.output[0].split() == [b"old"]
    assert process.ended["notes"] == [
        "2 files or folders could not be read, so the copy is without them."
    ]


@pytest.fixture
def mounted_below(tmp_path: Path) -> Iterator[Path]:
    """A project with a file system of its own in one of its folders."""
    if os.getuid() != 0:
        pytest.skip("only root can mount")
    folder = tmp_path / "project" / "media"
    folder.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "none", str(folder)], check=True)
    yield tmp_path / "project"
    subprocess.run(["umount", str(folder)], check=True)


def test_a_mount_in_the_project_leads_to_the_next_tier_with_the_reason(
    launcher: Path, tmp_path: Path, mounted_below: Path
) -> None:
    ended = end_of(launcher, in_root(mounted_below, tmp_path))

    assert ended["tier"] == "write-blocked"
    assert [one["tier"] for one in ended["tier_reasons"]] == ["copy-on-write"]
    assert "overlay of the project" in ended["tier_reasons"][0]["reason"]
    assert ended["manifest"]["changed"] == []


def test_without_namespaces_writes_are_blocked(launcher: Path, tmp_path: Path) -> None:
    outside = container(tmp_path, launcher, NAMESPACES)
    ended = end_of(outside, in_root(tmp_path / "project", tmp_path))

    assert (ended["tier"], ended["exit"]) == ("write-blocked", 1)
    assert ended["manifest"]["changed"] == []


def test_without_landlock_as_well_a_copy_is_used(launcher: Path, tmp_path: Path) -> None:
    outside = container(tmp_path, launcher, NAMESPACES, LANDLOCK)
    ended = end_of(outside, in_root(tmp_path / "project", tmp_path))

    assert (ended["tier"], ended["exit"]) == ("shadow", 0)
    assert [one["tier"] for one in ended["tier_reasons"]] == ["copy-on-write", "write-blocked"]
    assert ended["manifest"]["changed"] == []


def test_a_tier_that_was_asked_for_is_not_replaced(launcher: Path, tmp_path: Path) -> None:
    outside = container(tmp_path, launcher, NAMESPACES)
    asked = in_root(tmp_path / "project", tmp_path, tier="copy-on-write")
    with JailProcess(outside, asked) as process:
        process.follow(Recorder())

    assert process.started is None
    assert process.error is not None
    assert process.error["code"] == "tier_unavailable"


def test_the_probe_says_why_a_tier_does_not_work(launcher: Path, tmp_path: Path) -> None:
    found = {one.tier: one for one in probe(container(tmp_path, launcher, NAMESPACES), tmp_path)}

    assert not found["copy-on-write"].works
    assert "namespaces" in found["copy-on-write"].reason
    assert found["write-blocked"].works
    assert set(found["write-blocked"].attempts.values()) == {"refused"}


def test_a_probe_leaves_nothing_behind(launcher: Path, tmp_path: Path) -> None:
    assert len(probe(launcher, tmp_path)) == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_isolated_is_not_run(
    launcher: Path, tmp_path: Path, project: Path, settings: Settings
) -> None:
    when_loaded(project, "open('ran', 'w').close()")
    workspace = opened(project)
    settings.DJDESK_JAIL = container(tmp_path, launcher, NAMESPACES)
    run = executed(workspace, "check", tier="copy-on-write")

    assert run.status == "failed"
    assert "could not be isolated" in run.message
    assert "--tier guarded" in run.hint
    assert not (project / "ran").exists()


@pytest.mark.django_db(transaction=True)
def test_secrets_at_home_cannot_be_read(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    for name in (".ssh/id_test", ".aws/credentials", ".config/gcloud/token", ".netrc"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("secret")
    (home / "notes").write_text("seen")
    monkeypatch.setenv("HOME", str(home))
    when_loaded(
        project,
        f"""
        from pathlib import Path
        for path in sorted(Path({str(home)!r}).rglob("*")):
            try:
                print(path.name, path.read_text() if path.is_file() else "")
            except OSError as error:
                print(path.name, error.strerror)
        """,
    )
    run = executed(opened(project))

    assert run.tier == "copy-on-write"
    assert "notes seen" in run.log.text()
    assert "secret" not in run.log.text()


def test_our_own_directories_are_hidden(settings: Settings) -> None:
    assert str(Path(settings.DJDESK_OWN_DIRS[0])) in secrets.hidden()


def test_a_copy_is_not_left_behind(launcher: Path, tmp_path: Path) -> None:
    """The scratch folder, copy and layers included, can be removed by its owner."""
    from inspector_app.runs.scratch import remove

    for tier in ("copy-on-write", "shadow"):
        place = tmp_path / tier
        place.mkdir()
        end_of(launcher, in_root(place / "project", place, tier=tier))
        remove(place / "scratch")
        assert not (place / "scratch").exists()
        shutil.rmtree(place)


@pytest.mark.parametrize("tier", ["copy-on-write", "shadow"])
@pytest.mark.parametrize("linked", ["db.sqlite3", "data"])
def test_a_snapshot_does_not_follow_a_link_out_of_the_project(
    launcher: Path, tmp_path: Path, tier: str, linked: str
) -> None:
    real = tmp_path / "outside" / "db.sqlite3"
    real.parent.mkdir()
    log = real.with_name("db.sqlite3-wal")
    real.write_text("real")
    log.write_text("real")
    root = tmp_path / "project"
    asked = in_root(root, tmp_path, tier=tier)
    path = "db.sqlite3" if linked == "db.sqlite3" else "data/db.sqlite3"
    (root / linked).symlink_to(real if linked == "db.sqlite3" else real.parent)
    copy = tmp_path / "scratch" / "copy-of-it"
    copy.write_text("copy")
    end_of(launcher, asked | {"snapshots": [{"path": path, "file": str(copy)}]})

    assert (real.read_text(), log.read_text()) == ("real", "real")


@pytest.mark.parametrize("tier", ["copy-on-write", "guarded"])
def test_another_mode_of_the_project_s_own_folder_is_reported(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    root = tmp_path / "project"
    asked = in_root(root, tmp_path, tier=tier)
    root.chmod(0o750)
    command = [sys.executable, "-c", "import os; os.chmod('.', 0o777)"]
    ended = end_of(launcher, asked | {"argv": command})
    found = ended["manifest"]["changed"] if tier == "guarded" else ended["attempted_writes"]

    assert [(one["path"], one["change"]) for one in found] == [(".", "metadata")]
    assert root.stat().st_mode & 0o777 == (0o777 if tier == "guarded" else 0o750)


def test_a_hidden_file_stays_hidden_when_it_is_replaced_from_outside(
    launcher: Path, tmp_path: Path
) -> None:
    # Not below a folder for everybody, which has a layer of its own.
    with tempfile.TemporaryDirectory(dir=CHECKOUT / "build") as folder:
        key, new = Path(folder, "key"), Path(folder, "new")
        key.write_text("secret")
        Path(folder, "notes").write_text("seen")
        asked = in_root(tmp_path / "project", tmp_path, tier="copy-on-write")
        asked |= {"argv": [sys.executable, "-uc", READS, folder], "hidden": [str(key)]}
        recorder = Recorder()

        def replace() -> None:
            recorder.on_data = lambda: None
            # Made now: a file that could be read before still can, whatever its name is.
            new.write_text("secret")
            new.rename(key)

        recorder.on_data = replace
        followed(launcher, asked, recorder)

    assert recorder.output[0] == b"'' seen\nPermissionError\n", recorder.output[1]
