"""The promise, tried: what each tier lets through, and nothing besides."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.environment import CHECKOUT
from tests.proving import require

from .table import TIERS, Results, render, results, users
from .world import system_python, world

# Without mounts a name cannot be hidden, nor that somebody opens it; without a list of processes of
# its own a command sees that of all. Root has no bound on processes outside a namespace.
SEEN = {
    "list the names in ~/.ssh",
    "see ~/.ssh/id_test being opened (inotify)",
    "read the command line of a process outside",
}
ROOTS_PROCESSES = "run 1500 processes at once"
# The limit of a process counts what is its own.
SHARED_MEMORY = "reserve three quarters of the memory as shared"
KNOWN = {
    "copy-on-write": {SHARED_MEMORY},
    "write-blocked": {*SEEN, ROOTS_PROCESSES, SHARED_MEMORY},
    "shadow": {*SEEN, ROOTS_PROCESSES, SHARED_MEMORY},
}


@functools.cache
def tried(launcher: Path, tier: str, as_user: bool) -> Results:
    return results(launcher, tier, as_user=as_user)


@pytest.fixture
def launcher(settings: Settings) -> Path:
    return Path(settings.DJDESK_JAIL)


@pytest.mark.parametrize("as_user", users())
@pytest.mark.parametrize("tier", list(KNOWN))
def test_nothing_gets_through_but_what_is_said(launcher: Path, tier: str, as_user: bool) -> None:
    require(tier)
    found = tried(launcher, tier, as_user)

    assert len(found) > 50
    assert {name for name, result in found.items() if result == "happened"} <= KNOWN[tier]


def test_the_attempts_can_succeed(launcher: Path) -> None:
    """Without walls most of them do, so that a refusal elsewhere means something."""
    found = tried(launcher, "guarded", as_user=True)

    assert sum(result == "happened" for result in found.values()) > 30


@pytest.mark.parametrize("layer", ["memory", "disk"])
@pytest.mark.parametrize("as_user", users())
def test_diverted_writes_are_listed_and_the_tree_is_unchanged(
    launcher: Path, as_user: bool, layer: str
) -> None:
    require("copy-on-write")
    with world(launcher, as_user=as_user) as made:
        _, ended = made.run("copy-on-write", system_python(), layer)
        listed = {(one["path"], one["change"]) for one in ended["attempted_writes"]}
        home, outside = made.path("home"), made.path("outside")

        assert ended["manifest"]["changed"] == []
        assert listed >= {
            ("manage.py", "deleted"),
            ("settings.py", "modified"),
            ("truncate.py", "modified"),
            ("rename.py", "deleted"),
            ("renamed.py", "created"),
            ("mode.py", "metadata"),
            ("times.py", "metadata"),
            ("linked.py", "created"),
            ("mmap.py", "modified"),
            ("folder", "deleted"),
            ("folder/file.py", "deleted"),
            (f"{home}/.bashrc", "modified"),
            (f"{home}/new", "created"),
            (f"{outside}/file", "modified"),
            (f"/tmp/{made.name}", "created"),
            (f"/var/tmp/{made.name}", "created"),
            (f"/dev/shm/{made.name}", "created"),
        }


def test_the_table_in_the_documentation_is_that_of_a_run(launcher: Path) -> None:
    if len(users()) < 2:
        pytest.skip("only root can try as root and as an ordinary user")
    for tier in KNOWN:
        require(tier)
    collected = {
        (tier, as_user): tried(launcher, tier, as_user) for tier in TIERS for as_user in users()
    }
    now = render(collected)
    written = (CHECKOUT / "docs" / "escape-table.md").read_text()
    if kernel_of(now) != kernel_of(written):
        pytest.skip(f"the table is that of {kernel_of(written)}")

    assert now == written


def kernel_of(table: str) -> str:
    return next(line for line in table.splitlines() if line.startswith("Linux "))
