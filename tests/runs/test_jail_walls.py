"""What a command cannot reach through the walls, beyond the attempts of the escape suite."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from inspector_app.runs import leftovers
from tests.proving import require

from .test_jail import Recorder, followed, policy

WALLS = ("copy-on-write", "write-blocked", "shadow")

# Families that are the internet by another name, or reach programs of this machine.
FAMILIES = """
import json, socket
answers = {}
for family in (21, 30, 31, 33, 41, 42, 43, 45, socket.AF_UNIX, socket.AF_INET):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind).close()
        except OSError as error:
            answers.setdefault(family, []).append(error.errno)
pairs = [pair.close() for pair in socket.socketpair()]
print(json.dumps(answers))
"""


@pytest.fixture
def launcher(settings: Settings) -> Path:
    return Path(settings.DJDESK_JAIL)


@pytest.mark.parametrize("network", [False, True])
@pytest.mark.parametrize("tier", WALLS)
def test_only_sockets_that_programs_need_are_there(
    launcher: Path, tmp_path: Path, tier: str, network: bool
) -> None:
    """Refused by the walls, not by a kernel that happens to lack the family."""
    require(tier)
    recorder = Recorder()
    asked = policy(tmp_path, sys.executable, "-c", FAMILIES, tier=tier) | {"network": network}
    followed(launcher, asked, recorder)

    answers = json.loads(recorder.output[0])
    internet = answers.pop("2", [])
    assert all(found == [errno.EACCES] * 3 for found in answers.values()), answers
    assert len(answers) == 9
    assert (errno.EACCES in internet) == (not network and tier != "copy-on-write")


@pytest.mark.parametrize("tier", WALLS)
def test_a_folder_whose_name_is_no_text_can_be_hidden(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    require(tier)
    neighbour = Path(os.fsdecode(os.fsencode(tmp_path) + b"/neighbour-\xff"))
    neighbour.mkdir()
    (neighbour / "key").write_text("secret")
    recorder = Recorder()
    asked = policy(tmp_path, "/bin/sh", "-c", f"cat {tmp_path}/neighbour-*/key", tier=tier)
    process = followed(launcher, asked | {"hidden": [str(neighbour)]}, recorder)

    assert process.ended is not None
    assert process.ended["exit"] == 1
    assert recorder.output[0] == b""


LIMIT = """
import resource
mark = resource.getrlimit(resource.RLIMIT_MSGQUEUE)
try:
    resource.setrlimit(resource.RLIMIT_MSGQUEUE, (1, 1))
except (OSError, ValueError):
    print(mark[1] == resource.getrlimit(resource.RLIMIT_MSGQUEUE)[1] == MARK)
"""


@pytest.mark.parametrize("tier", WALLS)
def test_a_program_in_a_hidden_folder_does_not_uncover_it(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    require(tier)
    hidden = tmp_path / "home" / ".hidden"
    (hidden / "bin").mkdir(parents=True)
    (hidden / "bin" / "library").write_text("readable")
    (hidden / "token").write_text("secret")
    recorder = Recorder()
    asked = policy(tmp_path, "/bin/cat", str(hidden / "bin/library"), str(hidden / "token"))
    followed(
        launcher,
        asked
        | {"tier": tier, "hidden": [str(hidden)], "divert": [str(tmp_path / "home")]}
        | {"keep": [str(hidden / "bin"), str(hidden)]},
        recorder,
    )

    assert recorder.output[0] == b"readable"


@pytest.mark.parametrize("tier", ["write-blocked", "shadow"])
def test_a_command_cannot_lose_the_mark_by_which_it_is_found(
    launcher: Path, tmp_path: Path, tier: str
) -> None:
    require(tier)
    recorder = Recorder()
    script = LIMIT.replace("MARK", str(leftovers.MARK))
    followed(launcher, policy(tmp_path, sys.executable, "-c", script, tier=tier), recorder)

    assert recorder.output[0] == b"True\n", recorder.output[1]
