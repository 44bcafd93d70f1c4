"""Which sandbox tier a run gets where not every tier will do: only one that a self-test proves."""

from __future__ import annotations

import functools
from pathlib import Path

from django.conf import settings

from inspector_app.commands.preset import Preset
from inspector_app.errors import Problem

from .asked import AUTO
from .probe import Proven, probe
from .scratch import scratch_root

# Attempts by which a write gets past a layer or a copy of the project.
_REACHING = ("outside", "outside_metadata", "outside_truncate", "network", "unix_socket")

_NO_ANSWER = "the program that isolates commands does not answer"


def tier_for(preset: Preset, asked: str) -> str:
    """The tier to ask the launcher for; ``asked`` itself for a preset that may run in any.

    ``auto`` where several will do (:func:`candidates`).

    Raises:
        Problem: ``tier_not_allowed`` for a tier the preset must not run in, ``tier_unavailable``
            when none of those it may run in is proven on this machine.
    """
    if not preset.tiers:
        return asked
    allowed = " and ".join(preset.tiers)
    if asked not in (AUTO, *preset.tiers):
        raise Problem(
            "tier_not_allowed",
            f"{preset.name} may write, so it never runs in the tier {asked}.",
            f"It runs in the tiers {allowed} only, where nothing it writes reaches the project.",
            field="tier",
        )
    wanted = preset.tiers if asked == AUTO else (asked,)
    reasons = unproven(wanted)
    proven = [tier for tier in wanted if tier not in reasons]
    if proven:
        return proven[0] if len(proven) == 1 else AUTO
    told = "; ".join(f"{tier}: {reason}" for tier, reason in reasons.items())
    raise Problem(
        "tier_unavailable",
        f"{preset.name} may write, so it runs isolated or not at all, and no isolation is proven "
        f"on this machine ({told}).",
        "“djdesk doctor” tells what works here.",
        field="tier",
    )


def candidates(preset: Preset, tier: str) -> str | list[str]:
    """What the launcher is to try, for the ``tier`` that :func:`tier_for` found.

    What works on the machine need not work for the folder: something may be mounted in it.
    """
    if not preset.tiers or tier != AUTO:
        return tier
    reasons = unproven(preset.tiers)
    return [one for one in preset.tiers if one not in reasons]


def impossible(preset: Preset) -> dict[str, str]:
    """Why the preset cannot run on this machine, for each tier it may run in; empty: it can."""
    reasons = unproven(preset.tiers) if preset.tiers else {}
    return reasons if len(reasons) == len(preset.tiers) else {}


def unproven(tiers: tuple[str, ...]) -> dict[str, str]:
    """Those of ``tiers`` that no self-test proves on this machine, each with why."""
    try:
        found = _probe(Path(settings.DJDESK_JAIL))
    except LookupError:
        found = {}
    return {tier: found.get(tier, _NO_ANSWER) for tier in tiers if found.get(tier, _NO_ANSWER)}


@functools.lru_cache(maxsize=8)
def _probe(launcher: Path) -> dict[str, str]:
    """Why each tier does not work; empty text for one that does. Only an answer is remembered."""
    found = probe(launcher, scratch_root())
    if not found:
        raise LookupError
    return {one.tier: _why_not(one) for one in found}


def _why_not(one: Proven) -> str:
    """A tier that keeps the project itself safe will do for reading, but not for writing."""
    through = any(one.attempts.get(attempt) == "happened" for attempt in _REACHING)
    return "" if one.works and not through else one.reason
