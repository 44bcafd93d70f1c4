"""Virtual environments: where they lie, and what a command may do in them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.models import Workspace
from inspector_app.runs.places import environments
from tests.projects import base_python
from tests.proving import require
from tests.runs.project import executed, opened, when_loaded

WRITES = """
from pathlib import Path
try:
    Path({path!r}).write_text("x")
except OSError as error:
    print("refused:", error.errno)
"""

# Each in its own way; the environment is the folder of ``kept``, a file in it.
ATTEMPTS = """
import ctypes, os
kept, libc = {path!r}, ctypes.CDLL(None)
top = os.path.dirname(kept)
opened = os.open(top, os.O_RDONLY)
for attempt in (
    lambda: open(kept, "a"),
    lambda: os.truncate(kept, 0),
    lambda: os.unlink(kept),
    lambda: os.chmod(top, 0o777),
    lambda: os.utime(kept),
    lambda: os.link(kept, os.path.dirname(top) + "/linked"),
    lambda: os.rename(top, top + "-moved"),
    lambda: os.symlink("/", top + "/link"),
    lambda: os.setxattr(kept, "user.x", b"1"),
    lambda: os.open("new", os.O_WRONLY | os.O_CREAT, dir_fd=opened),
    lambda: open("/proc/self/fd/" + str(opened) + "/new", "w"),
    lambda: libc.umount2(top.encode(), 2) and os.listdir("not unmounted"),
    lambda: libc.mount(None, top.encode(), None, 4128, None) and os.listdir("not mounted"),
):
    try:
        attempt()
        print("got through")
    except OSError:
        print("refused")
"""


@pytest.fixture(autouse=True)
def layers() -> None:
    require("copy-on-write")


def _state(folder: Path) -> dict[str, tuple[int, int, int]]:
    """All but the times of access, which reading may change."""
    entries = ((path, path.lstat()) for path in (folder, *folder.rglob("*")))
    return {str(path): (one.st_mode, one.st_ctime_ns, one.st_ino) for path, one in entries}


def with_environment(project: Path, folder: Path) -> tuple[Workspace, Path]:
    """The project with a new environment in ``folder``, and what it tries to write there."""
    subprocess.run([base_python(), "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = next((folder / "lib").glob("python3.*")) / "site-packages"
    (packages / "ours.pth").write_text(
        next(path for path in sys.path if path.endswith("site-packages"))
    )
    written = packages / "sitecustomize.py"
    when_loaded(project, WRITES.format(path=str(written)))
    workspace = opened(project)
    workspace.interpreter, workspace.bundled = str(folder / "bin" / "python"), False
    workspace.save()
    return workspace, written


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("tier", ["copy-on-write", "write-blocked", "shadow"])
def test_a_virtual_environment_works_wherever_it_is(
    project: Path, tmp_path: Path, inside: bool, tier: str
) -> None:
    workspace, written = with_environment(project, (project if inside else tmp_path) / ".venv")
    run = executed(workspace, "check", tier=tier)

    assert (run.status, run.exit_code) == ("succeeded", 0), run.log.text()
    assert run.tier == tier
    assert not written.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("inside", [True, False])
def test_a_command_that_only_reads_cannot_write_to_its_environment(
    project: Path, tmp_path: Path, inside: bool
) -> None:
    workspace, written = with_environment(project, (project if inside else tmp_path) / ".venv")
    run = executed(workspace, "check", tier="copy-on-write")

    assert "refused: 30" in run.log.text()
    assert not written.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("inside", [True, False])
def test_no_way_into_an_environment_that_is_only_read(
    project: Path, tmp_path: Path, inside: bool
) -> None:
    folder = (project if inside else tmp_path) / ".venv"
    workspace, _ = with_environment(project, folder)
    kept = folder / "pyvenv.cfg"
    when_loaded(project, ATTEMPTS.format(path=str(kept)))
    before = _state(folder)
    run = executed(workspace, "check", tier="copy-on-write")
    answers = [line for line in run.log.text().splitlines() if line in ("refused", "got through")]

    assert answers == ["refused"] * 13
    assert _state(folder) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("inside", [True, False])
def test_what_a_rehearsal_writes_to_its_environment_is_diverted_and_listed(
    project: Path, tmp_path: Path, inside: bool
) -> None:
    workspace, written = with_environment(project, (project if inside else tmp_path) / ".venv")
    run = executed(workspace, "rehearse-makemigrations", tier="copy-on-write")

    assert "refused" not in run.log.text()
    listed = [Path(one["path"]).name for one in run.attempted_writes or []]
    assert written.name in listed
    assert not written.exists()


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[None]:
    """Something is mounted beside the project, so that an empty folder stands in for ``/tmp``."""
    if os.getuid() != 0:
        pytest.skip("only root can mount")
    folder = tmp_path / "mounted"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "none", str(folder)], check=True)
    yield
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("mounted")
def test_a_rehearsal_writes_to_an_environment_in_a_project_whose_surroundings_are_out_of_sight(
    project: Path,
) -> None:
    workspace, written = with_environment(project, project / ".venv")
    run = executed(workspace, "rehearse-makemigrations", tier="copy-on-write")

    assert "refused" not in run.log.text()
    assert written.name in [Path(one["path"]).name for one in run.attempted_writes or []]
    assert not written.exists()


@pytest.mark.django_db(transaction=True)
def test_a_project_inside_its_environment_has_a_layer_of_its_own(
    project: Path, tmp_path: Path
) -> None:
    environment = tmp_path / ".venv"
    inside = environment / "site"
    workspace, written = with_environment(project, environment)
    project.rename(inside)
    when_loaded(inside, WRITES.format(path=str(inside / "new")))
    workspace.root = str(inside)
    workspace.save()
    run = executed(workspace, "check", tier="copy-on-write")

    assert (run.status, run.exit_code) == ("succeeded", 0), run.log.text()
    assert [one["path"] for one in run.attempted_writes or []] == ["new"]
    assert not (inside / "new").exists()
    assert not written.exists()


def test_a_folder_that_is_no_environment_is_not_taken_for_one(tmp_path: Path) -> None:
    python = tmp_path / "tools" / "python"
    python.parent.mkdir()
    python.write_text("")

    assert environments(python) == []
