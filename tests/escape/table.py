"""Runs every attempt and lays the results out as a table."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from .world import system_python, world

TIERS = ("copy-on-write", "write-blocked", "shadow", "guarded")

LEFT_BEHIND = "leave a process behind (setsid, two forks)"

Results = dict[str, str]


def results(launcher: Path, tier: str, *, as_user: bool) -> Results:
    """How each attempt ended: refused, diverted, happened, or not tried."""
    with world(launcher, as_user=as_user) as made:
        believed, _ = made.run(tier, system_python())
        happened = made.happened()
    found: Results = {}
    for name, belief in believed.items():
        if name == LEFT_BEHIND:
            found[name] = "happened" if happened[name] else "ended"
        elif happened.get(name, belief == "ok" and name not in happened):
            found[name] = "happened"
        else:
            found[name] = "diverted" if belief == "ok" else "refused"
    return found


def users() -> list[bool]:
    """Whether to run as an ordinary user: both, where this is root."""
    return [False, True] if os.getuid() == 0 else [True]


def collect(launcher: Path) -> dict[tuple[str, bool], Results]:
    return {
        (tier, as_user): results(launcher, tier, as_user=as_user)
        for tier in TIERS
        for as_user in users()
    }


def render(collected: dict[tuple[str, bool], Results]) -> str:
    """The page for the documentation."""
    names = list(next(iter(collected.values())))
    columns = [(tier, as_user) for tier in TIERS for as_user in (False, True)]
    head = " | ".join(f"{tier}, {'user' if as_user else 'root'}" for tier, as_user in columns)
    lines = [
        "# What each tier keeps from happening",
        "",
        "Written by `python -m tests.escape` from a run; no cell is edited by hand.",
        f"Linux {platform.release().split('-')[0]}, x86-64.",
        "*Refused*: it met an error. *Diverted*: it saw success, and nothing real changed.",
        "*Ended*: killed with the command. **Happened**: it reached the real thing.",
        "*Not tried*: it would change the machine itself.",
        "",
        f"| attempt | {head} |",
        "|---|" + "---|" * len(columns),
    ]
    for name in names:
        cells = [_cell(collected.get(column, {}).get(name)) for column in columns]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(result: str | None) -> str:
    if result is None:
        return "not tried"
    return "**happened**" if result == "happened" else result
