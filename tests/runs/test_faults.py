"""Every call that builds a wall fails in turn: a tier without its walls must not pass for one."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from inspector_app.runs.probe import Proven, probe
from tests.proving import require
from tests.runs.container import container
from tests.runs.test_jail import TIERS, policy

LAYERS, WALLS = TIERS[:1], TIERS[:3]
CLOSE_RANGE = 436
# The number of each call, and the tiers that cannot do without it.
CALLS = {
    "unshare": (272, LAYERS),
    "mount": (165, LAYERS),
    "open_tree": (428, LAYERS),
    "move_mount": (429, LAYERS),
    "fsopen": (430, LAYERS),
    "fsconfig": (431, LAYERS),
    "fsmount": (432, LAYERS),
    "mount_setattr": (442, LAYERS),
    "capset": (126, WALLS),
    "seccomp": (317, WALLS),
    "landlock_create_ruleset": (444, ("write-blocked",)),
    "landlock_add_rule": (445, WALLS),
    "landlock_restrict_self": (446, WALLS),
    "prctl": (157, TIERS),
    "setsid": (112, TIERS),
    "prlimit64": (302, TIERS),
    "signalfd4": (289, TIERS),
    "rt_sigprocmask": (14, TIERS),
    "pipe2": (293, TIERS),
    "close_range": (CLOSE_RANGE, ()),
}


@functools.cache
def usual(launcher: Path) -> dict[str, Proven]:
    return {one.tier: one for one in probe(launcher, Path(tempfile.gettempdir()))}


def happened(one: Proven) -> set[str]:
    return {name for name, outcome in one.attempts.items() if outcome == "happened"}


@pytest.fixture
def launcher(settings: Settings) -> Path:
    return Path(settings.DJDESK_JAIL)


@pytest.mark.parametrize("call", CALLS)
def test_a_tier_does_not_work_without_the_calls_it_is_made_of(
    launcher: Path, tmp_path: Path, call: str
) -> None:
    require("copy-on-write")
    require("write-blocked")
    number, needed_by = CALLS[call]
    found = probe(container(tmp_path, launcher, number), tmp_path)

    assert [one.tier for one in found] == list(TIERS)
    for one in found:
        through = happened(one) - happened(usual(launcher)[one.tier])
        # A copy without Landlock keeps nothing away from other files, which it says.
        assert not (one.works and through) or "refused or diverted except" in one.reason
        assert one.works is (one.tier not in needed_by), one.reason


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("refused", [(), (CLOSE_RANGE,)], ids=["", "without close_range"])
def test_what_the_launcher_was_started_with_is_closed_for_the_command(
    launcher: Path, tmp_path: Path, tier: str, refused: tuple[int, ...]
) -> None:
    require(tier)
    asked = policy(tmp_path, "/bin/ls", "/proc/self/fd", tier=tier)
    reads, writes = os.pipe()
    with (tmp_path / "secret").open("w") as secret, os.fdopen(reads) as reports:
        try:
            launched = subprocess.Popen(
                [container(tmp_path, launcher, *refused), "run", "--report-fd", str(writes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(writes, secret.fileno()),
            )
        finally:
            os.close(writes)
        with launched as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            output = process.stdout.read().decode()
            last = json.loads(reports.read().splitlines()[-1])

    assert last["ended"]["tier"] == tier
    # The last is that of the listing.
    assert output.split() == ["0", "1", "2", "3"]
