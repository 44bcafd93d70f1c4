"""Which sandbox tier a run gets where not every tier will do: only one that a self-test proves."""

from __future__ import annotations

import functools
import json
import logging
import subprocess
from pathlib import Path

from django.conf import settings

from inspector_app.commands.preset import Preset
from inspector_app.errors import Problem
from inspector_app.models import Workspace

from .asked import AUTO

PROBE_S = 20.0

logger = logging.getLogger(__name__)

_NO_ANSWER = "the program that isolates commands does not answer"


def tier_for(preset: Preset, asked: str, workspace: Workspace) -> str:
    """The tier to ask the launcher for; ``asked`` itself for a preset that may run in any.

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
            f"{preset.name} is a command of the project, so it never runs in the tier {asked}.",
            f"It runs in the tiers {allowed} only, where nothing it writes reaches the project.",
            field="tier",
        )
    wanted = preset.tiers if asked == AUTO else (asked,)
    reasons = unproven(wanted, workspace)
    for tier in wanted:
        if tier not in reasons:
            return tier
    told = "; ".join(f"{tier}: {reason}" for tier, reason in reasons.items())
    raise Problem(
        "tier_unavailable",
        f"{preset.name} is a command of the project, so it runs isolated or not at all, and no "
        f"isolation is proven on this machine ({told}).",
        "“djdesk doctor” tells what works here.",
        field="tier",
    )


def unproven(tiers: tuple[str, ...], workspace: Workspace) -> dict[str, str]:
    """Those of ``tiers`` that no self-test proves for this workspace, each with why."""
    try:
        found = _probe(Path(settings.DJDESK_JAIL), workspace.root)
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        logger.warning("the launcher's self-test gave no answer", exc_info=True)
        found = {}
    return {tier: found.get(tier, _NO_ANSWER) for tier in tiers if found.get(tier, _NO_ANSWER)}


@functools.lru_cache(maxsize=64)
def _probe(launcher: Path, root: str) -> dict[str, str]:
    """Why each tier does not work; empty text for one that does. What fails is not remembered."""
    done = subprocess.run(
        [str(launcher), "probe", root],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=PROBE_S,
        env={"PATH": "/usr/bin:/bin"},
    )
    tiers = json.loads(done.stdout)["tiers"]
    return {one["tier"]: "" if one["works"] else one["reason"] for one in tiers}
